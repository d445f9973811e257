"""Which certificates of a source's own domain are trusted, where the usual rules shut out a site that is honest.

polite: {tls: legacy}      # keys and handshakes of old, weaker than is usual today; the certificate is checked
polite: {tls: unverified}  # no certificate is checked, and every report says so
polite: {ca: ca.pem}       # the certificates of this file too; a relative path begins at the YAML
"""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import Literal

Tls = Literal["strict", "legacy", "unverified"]
OLD_HANDSHAKE = getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)  # named since Python 3.12


def tls_context(tls: Tls, ca: Path | None) -> ssl.SSLContext | None:
    """What a source needs beyond the usual, if anything; it always checks. Raises OSError when `ca` cannot be read."""
    if tls != "legacy" and ca is None:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    if tls == "legacy":
        context.set_ciphers("DEFAULT:@SECLEVEL=1")
        context.options |= OLD_HANDSHAKE
    if ca is not None:
        context.load_verify_locations(ca)
    return context
