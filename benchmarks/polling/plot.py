"""Points of (requests, delay) as SVG, with nothing but the standard library."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT, MARGIN = 820, 520, 60


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    colour: str
    points: Sequence[tuple[float, float]]
    joined: bool = False


Bounds = tuple[float, float, float, float]


def as_svg(series: Sequence[Series], bounds: Bounds, title: str) -> str:
    """Points outside the bounds are left out."""
    left, right, low, high = bounds

    def place(x: float, y: float) -> tuple[float, float]:
        across = MARGIN + (x - left) / (right - left) * (WIDTH - 2 * MARGIN)
        return across, HEIGHT - MARGIN - (y - low) / (high - low) * (HEIGHT - 2 * MARGIN)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        "<style>text { font-size: 12px } .title { font-size: 15px }</style>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{MARGIN}" y="28" class="title">{escape(title)}</text>',
        f'<text x="{MARGIN - 40}" y="{MARGIN - 12}">mean delay, s</text>',
        f'<text x="{WIDTH - MARGIN}" y="{HEIGHT - 18}" text-anchor="end">requests</text>',
    ]
    for step in range(9):
        x, y = left + (right - left) * step / 8, low + (high - low) * step / 8
        across, down = place(x, y)
        out += [
            f'<path d="M{across:.1f} {HEIGHT - MARGIN}V{MARGIN}M{MARGIN} {down:.1f}H{WIDTH - MARGIN}" stroke="#ddd"/>',
            f'<text x="{across:.1f}" y="{HEIGHT - MARGIN + 18}" text-anchor="middle">{x:.0f}</text>',
            f'<text x="{MARGIN - 8}" y="{down + 4:.1f}" text-anchor="end">{y:.1f}</text>',
        ]
    for row, one in enumerate(series):
        inside = [place(x, y) for x, y in one.points if left <= x <= right and low <= y <= high]
        if one.joined:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in inside)
            out.append(f'<polyline points="{line}" fill="none" stroke="{one.colour}" stroke-width="1.5"/>')
        radius = 3 if one.joined else 6
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{one.colour}"/>' for x, y in inside]
        across, down = WIDTH - MARGIN - 300, MARGIN + 18 + 20 * row
        out += [
            f'<circle cx="{across}" cy="{down - 4}" r="{radius}" fill="{one.colour}"/>',
            f'<text x="{across + 12}" y="{down}">{escape(one.label)}</text>',
        ]
    return "\n".join([*out, "</svg>", ""])
