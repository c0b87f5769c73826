"""Points of (requests, delay), drawn as text or as SVG with nothing but the standard library."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape


@dataclass(frozen=True, slots=True)
class Series:
    label: str
    mark: str
    colour: str
    points: Sequence[tuple[float, float]]
    joined: bool = False


Bounds = tuple[float, float, float, float]


def as_text(series: Sequence[Series], bounds: Bounds, *, width: int = 96, height: int = 26) -> str:
    """Later series are drawn over earlier ones; points outside the bounds are left out."""
    left, right, low, high = bounds
    grid = [[" "] * (width + 1) for _ in range(height + 1)]
    for one in series:
        for x, y in one.points:
            if left <= x <= right and low <= y <= high:
                grid[round((high - y) / (high - low) * height)][round((x - left) / (right - left) * width)] = one.mark
    lines = ["mean delay, s"]
    for row, cells in enumerate(grid):
        tick = f"{high - (high - low) * row / height:5.1f}" if row % 4 == 0 else " " * 5
        lines.append(f"{tick} |{''.join(cells).rstrip()}")
    lines.append(" " * 6 + "+" + "-" * (width + 1))
    ticks = [f"{left + (right - left) * step / 8:<{width // 8}.0f}" for step in range(9)]
    lines.append(" " * 7 + "".join(ticks).rstrip() + "  requests")
    lines += [f"        {one.mark}  {one.label}" for one in series]
    return "\n".join(lines)


def as_svg(series: Sequence[Series], bounds: Bounds, title: str, *, width: int = 820, height: int = 520) -> str:
    left, right, low, high = bounds
    margin = 60

    def place(x: float, y: float) -> tuple[float, float]:
        across = margin + (x - left) / (right - left) * (width - 2 * margin)
        return across, height - margin - (y - low) / (high - low) * (height - 2 * margin)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif">',
        "<style>text { font-size: 12px } .title { font-size: 15px }</style>",
        f'<rect width="{width}" height="{height}" fill="#fff"/>',
        f'<text x="{margin}" y="28" class="title">{escape(title)}</text>',
        f'<text x="{margin - 40}" y="{margin - 12}">mean delay, s</text>',
        f'<text x="{width - margin}" y="{height - 18}" text-anchor="end">requests</text>',
    ]
    for step in range(9):
        x, y = left + (right - left) * step / 8, low + (high - low) * step / 8
        across, down = place(x, y)
        out += [
            f'<path d="M{across:.1f} {height - margin}V{margin}M{margin} {down:.1f}H{width - margin}" stroke="#ddd"/>',
            f'<text x="{across:.1f}" y="{height - margin + 18}" text-anchor="middle">{x:.0f}</text>',
            f'<text x="{margin - 8}" y="{down + 4:.1f}" text-anchor="end">{y:.1f}</text>',
        ]
    for row, one in enumerate(series):
        inside = [place(x, y) for x, y in one.points if left <= x <= right and low <= y <= high]
        if one.joined:
            line = " ".join(f"{x:.1f},{y:.1f}" for x, y in inside)
            out.append(f'<polyline points="{line}" fill="none" stroke="{one.colour}" stroke-width="1.5"/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{one.colour}"/>' for x, y in inside]
        across, down = width - margin - 300, margin + 18 + 20 * row
        out += [
            f'<circle cx="{across}" cy="{down - 4}" r="4.5" fill="{one.colour}"/>',
            f'<text x="{across + 12}" y="{down}">{escape(one.label)}</text>',
        ]
    return "\n".join([*out, "</svg>", ""])
