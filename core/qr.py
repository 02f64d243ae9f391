"""A QR code as a picture within the page: black on white in both themes, since telephones expect that."""

import qrcode
from django.utils.html import format_html

QUIET = 4
"""Modules of white around it, as the standard asks."""


def svg(text, label):
    """`label` says what it is to who cannot see it."""
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    matrix = code.get_matrix()
    path = "".join(
        f"M{column} {row}h1v1h-1z" for row, line in enumerate(matrix) for column, dark in enumerate(line) if dark
    )
    return format_html(
        '<svg class="qr" role="img" aria-label="{}" viewBox="0 0 {} {}" shape-rendering="crispEdges">'
        '<rect width="100%" height="100%" fill="#fff"/><path d="{}" fill="#000"/></svg>',
        label,
        len(matrix),
        len(matrix),
        path,
    )
