"use strict";
// Draws each <figure class="chart"> from the points that stand in it; without this script the table says the same.
(() => {
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim(), line = style.getPropertyValue("--line").trim();
  const told = { labelColor: ink, titleColor: ink, labelFontSize: 12 };
  const config = {
    background: "transparent",
    text: { color: ink },
    view: { stroke: line },
    axis: { ...told, gridColor: line, domainColor: line, tickColor: line },
    legend: { ...told, orient: "bottom", direction: "vertical", labelLimit: 280, symbolStrokeColor: ink, symbolBaseFillColor: ink, symbolBaseStrokeColor: ink },
  };
  if (document.documentElement.lang === "vi") config.locale = { number: { decimal: ",", thousands: ".", grouping: [3], currency: ["", " ₫"] } };
  const options = { mode: "vega-lite", ast: true, actions: false, defaultStyle: false, tooltip: false, renderer: "svg", logLevel: 1, config };
  for (const figure of document.querySelectorAll("figure.chart")) {
    const { kind, points, breaks } = JSON.parse(figure.querySelector("script").textContent);
    const spec = { ...window.solieuCharts[kind], datasets: { points, breaks } };
    figure.hidden = false;
    vegaEmbed(figure.querySelector("div"), spec, options).catch(() => { figure.hidden = true; });
  }
})();
