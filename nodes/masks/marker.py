"""What Save Mask writes into its files, so that a mask that is mostly white is not taken for its opposite."""

from __future__ import annotations

MARKER = b"A mask: white is marked."

XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description><rdf:Alt>'
    b'<rdf:li xml:lang="x-default">' + MARKER + b"</rdf:li>"
    b"</rdf:Alt></dc:description></rdf:Description></rdf:RDF></x:xmpmeta>"
)
"""As a description (XMP specification part 1, 8.4), which picture editors show and keep."""
