"use strict";
// Draws each <figure class="chart"> from the points that stand in it; without this script the table says the same.
(() => {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim(), line = style.getPropertyValue("--line").trim(), soft = style.getPropertyValue("--soft").trim();
  const told = { labelColor: ink, titleColor: ink, labelFontSize: 12 };
  const config = {
    aria: false, mark: { aria: false }, // an image with a name: its table says more, and in the page's language
    background: "transparent",
    range: { category: ["#4c7fb8", "#d26c00", "#4a9a41", "#e0567a", "#9d755d", "#3d918b", "#b279a2", "#a58300", "#d9534f", "#8a8480"] }, // seen on white and on black
    text: { color: ink },
    view: { stroke: line },
    axis: { ...told, gridColor: line, domainColor: line, tickColor: line },
    legend: { ...told, orient: "bottom", direction: "vertical", labelLimit: 280, symbolStrokeColor: ink, symbolBaseFillColor: ink, symbolBaseStrokeColor: ink },
  };
  if (document.documentElement.lang === "vi") config.locale = { number: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] } };
  const options = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, tooltip: false, renderer: "svg", logLevel: 1, config };
  for (const figure of document.querySelectorAll("figure.chart")) {
    const { kind, points, breaks } = JSON.parse(figure.querySelector("script").textContent);
    const spec = { ...window.solieuCharts[kind], datasets: { points, breaks }, params: [{ name: "soft", value: soft }] };
    figure.hidden = false;
    vegaEmbed(figure.querySelector("div"), spec, options).catch(() => { figure.hidden = true; });
  }
})();
