"""What happens to a page between the printer or screen and the file: light, lens, paper, ink.

Every function takes a picture and a seeded chance and returns a picture; none reads it.
"""

import random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFilter

Pixels = NDArray[np.float32]
Corners = list[tuple[float, float]]


def _pixels(image: Image.Image) -> Pixels:
    return np.asarray(image.convert("RGB"), dtype=np.float32)


def _image(pixels: NDArray[np.floating[Any]]) -> Image.Image:
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def _noise(rng: random.Random, height: int, width: int) -> Pixels:
    return np.random.default_rng(rng.getrandbits(64)).standard_normal(
        (height, width, 1), dtype=np.float32
    )


def clouds(rng: random.Random, size: tuple[int, int], cells: int) -> Pixels:
    """Smooth chance between 0 and 1, `cells` hills across; width × height of `size`."""
    seed = np.random.default_rng(rng.getrandbits(64)).random((cells, cells), dtype=np.float32)
    small = Image.fromarray(seed)
    return np.asarray(small.resize(size, Image.Resampling.BICUBIC), dtype=np.float32)


def table(rng: random.Random, size: tuple[int, int]) -> Image.Image:
    """Something to lay a receipt on."""
    base = np.array(
        rng.choice(((150, 112, 74), (92, 96, 104), (196, 190, 178), (52, 60, 56), (226, 226, 224))),
        dtype=np.float32,
    )
    grain = clouds(rng, (size[0], max(1, size[1])), rng.choice((6, 24)))[:, :, None]
    strip = clouds(rng, size, 90)[:, :, None] if rng.random() < 0.5 else 0.5
    return _image(base * (0.72 + 0.3 * grain + 0.16 * strip) + 4 * _noise(rng, size[1], size[0]))


def _coefficients(target: Corners, source: Corners) -> list[float]:
    rows = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    wanted = np.array([number for corner in source for number in corner], dtype=np.float64)
    return [float(number) for number in np.linalg.solve(np.array(rows), wanted)]


def photographed(
    image: Image.Image,
    rng: random.Random,
    *,
    tilt: float = 0.06,
    turn: float = 6.0,
    margin: float = 0.12,
    scale: float = 1.0,
) -> Image.Image:
    """Seen by a telephone: laid on a table, at an angle, with room around it.

    `tilt` is how far corners move (of the width), `turn` in degrees, `margin` of the page's size
    on each side; `scale` is the page's size in the photograph.
    """
    width, height = round(image.width * scale), round(image.height * scale)
    dx, dy = round(width * margin) + 20, round(height * margin) + 20
    size = (width + 2 * dx, height + 2 * dy)
    angle = np.deg2rad(rng.uniform(-turn, turn))
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    target: Corners = []
    for x, y in ((0, 0), (width, 0), (width, height), (0, height)):
        x0 = x - width / 2 + rng.uniform(-tilt, tilt) * width
        y0 = y - height / 2 + rng.uniform(-tilt, tilt) * width
        target.append((size[0] / 2 + x0 * cos - y0 * sin, size[1] / 2 + x0 * sin + y0 * cos))
    low = (min(x for x, _ in target), min(y for _, y in target))
    high = (max(x for x, _ in target), max(y for _, y in target))
    shift = (max(0.0, 8 - low[0]), max(0.0, 8 - low[1]))
    size = (
        round(max(size[0], high[0] + 8) + shift[0]),
        round(max(size[1], high[1] + 8) + shift[1]),
    )
    target = [(x + shift[0], y + shift[1]) for x, y in target]
    source: Corners = [(0, 0), (image.width, 0), (image.width, image.height), (0, image.height)]
    how = _coefficients(target, source)
    if scale < 0.75:
        image = image.filter(ImageFilter.GaussianBlur(0.35 / scale))
    seen = image.transform(size, Image.Transform.PERSPECTIVE, how, Image.Resampling.BICUBIC)
    mask = Image.new("L", image.size, 255).transform(
        size, Image.Transform.PERSPECTIVE, how, Image.Resampling.BILINEAR
    )
    ground = table(rng, size)
    shade = mask.filter(ImageFilter.GaussianBlur(14)).point(lambda value: value // 3)
    ground.paste(Image.new("RGB", size, "black"), (6, 10), shade)
    ground.paste(seen, (0, 0), mask)
    return ground


def lit(image: Image.Image, rng: random.Random, *, level: float = 1.0) -> Image.Image:
    """Uneven, coloured light and a sensor's noise."""
    light = 0.82 + 0.3 * clouds(rng, image.size, 3)[:, :, None]
    tint = np.array([rng.uniform(0.93, 1.05) for _ in range(3)], dtype=np.float32)
    grain = rng.uniform(2, 5) * _noise(rng, image.height, image.width)
    return _image(_pixels(image) * light * tint * level + grain)


def shadowed(image: Image.Image, rng: random.Random) -> Image.Image:
    """A hand or head between lamp and paper."""
    mask = Image.new("L", image.size, 0)
    pen = ImageDraw.Draw(mask)
    x, y = rng.randrange(image.width), rng.randrange(image.height)
    wide, high = image.width * rng.uniform(0.35, 0.7), image.height * rng.uniform(0.3, 0.6)
    pen.ellipse((x - wide, y - high, x + wide, y + high), 255)
    mask = mask.filter(ImageFilter.GaussianBlur(image.width // 30))
    dark = 1 - rng.uniform(0.35, 0.58) * np.asarray(mask, dtype=np.float32)[:, :, None] / 255
    return _image(_pixels(image) * dark)


def glared(image: Image.Image, rng: random.Random) -> Image.Image:
    """A lamp's reflection: a soft white spot that leaves the ink visible."""
    mask = Image.new("L", image.size, 0)
    x = rng.uniform(0.2, 0.8) * image.width
    y = rng.uniform(0.15, 0.85) * image.height
    r = image.width * rng.uniform(0.08, 0.2)
    ImageDraw.Draw(mask).ellipse((x - r, y - 0.6 * r, x + r, y + 0.6 * r), 255)
    mask = mask.filter(ImageFilter.GaussianBlur(r * 0.5))
    white = rng.uniform(0.5, 0.68) * np.asarray(mask, dtype=np.float32)[:, :, None] / 255
    return _image(_pixels(image) * (1 - white) + 255 * white)


def blurred(image: Image.Image, rng: random.Random) -> Image.Image:
    return image.filter(ImageFilter.GaussianBlur(rng.uniform(0.7, 1.3)))


def crumpled(image: Image.Image, rng: random.Random, *, depth: float = 1.0) -> Image.Image:
    """Paper that was in a pocket: bent lines, and folds that catch the light."""
    width, height = image.size
    bend = clouds(rng, image.size, 5) + 0.25 * clouds(rng, image.size, 11)
    dy, dx = np.gradient(bend)
    far = depth * width * 0.75
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    pixels = _pixels(image)
    moved_x = np.clip(xs + far * dx, 0, width - 1.001)
    moved_y = np.clip(ys + far * dy, 0, height - 1.001)
    left, top = moved_x.astype(np.int32), moved_y.astype(np.int32)
    fx, fy = (moved_x - left)[:, :, None], (moved_y - top)[:, :, None]
    upper = pixels[top, left] * (1 - fx) + pixels[top, left + 1] * fx
    lower = pixels[top + 1, left] * (1 - fx) + pixels[top + 1, left + 1] * fx
    shade = 1 + depth * 28 * (dx + dy) * (width / 700)
    out = _image((upper * (1 - fy) + lower * fy) * np.clip(shade, 0.7, 1.22)[:, :, None])
    for _ in range(rng.randrange(1, 4)):
        out = _fold(out, rng, depth)
    return out


def _fold(image: Image.Image, rng: random.Random, depth: float) -> Image.Image:
    shade = Image.new("L", image.size, 128)
    ends = [(rng.randrange(image.width), 0), (rng.randrange(image.width), image.height)]
    if rng.random() < 0.5:
        ends = [(0, rng.randrange(image.height)), (image.width, rng.randrange(image.height))]
    ImageDraw.Draw(shade).line(ends, round(128 - 60 * depth), 6)
    ImageDraw.Draw(shade).line([(x + 5, y + 4) for x, y in ends], round(128 + 50 * depth), 4)
    shade = shade.filter(ImageFilter.GaussianBlur(3))
    return _image(_pixels(image) * (np.asarray(shade, dtype=np.float32)[:, :, None] / 128))


def faded(image: Image.Image, rng: random.Random, *, left: float) -> Image.Image:
    """Old thermal paper: `left` is the share of contrast that is left, more in some places."""
    pixels = _pixels(image)
    paper = np.percentile(pixels.reshape(-1, 3), 95, axis=0).astype(np.float32)
    kept = np.clip(left * (0.75 + 0.5 * clouds(rng, image.size, 4)), 0, 1)[:, :, None]
    return _image(paper + (pixels - paper) * kept)


def moire(image: Image.Image, rng: random.Random, *, strength: float = 1.0) -> Image.Image:
    """A screen's grid against a sensor's: coloured waves, and a fine raster."""
    width, height = image.size
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    pixels = _pixels(image)
    for channel in range(3):
        angle, period = rng.uniform(0, 3.14), rng.uniform(9, 60)
        way = xs * float(np.cos(angle)) + ys * float(np.sin(angle))
        warp = 6 * clouds(rng, image.size, 4)
        wave = np.sin(6.2832 * way / period + warp)
        pixels[:, :, channel] *= 1 - strength * 0.055 + strength * 0.055 * wave
    pixels *= (1 - 0.05 * strength * (ys % 3 == 0))[:, :, None]
    return _image(pixels)


def marked(image: Image.Image, rng: random.Random) -> Image.Image:
    """A pen's ring, ticks and lines, beside and thinly across the print."""
    out = image.copy()
    pen = ImageDraw.Draw(out)
    for _ in range(rng.randrange(2, 5)):
        ink = rng.choice(((190, 30, 40), (30, 50, 160), (20, 20, 20)))
        x, y = rng.randrange(image.width), rng.randrange(image.height)
        thick, wide = rng.choice((2, 3, 4)), image.width * rng.uniform(0.08, 0.25)
        if rng.random() < 0.5:
            pen.ellipse((x - wide, y - wide / 4, x + wide, y + wide / 4), outline=ink, width=thick)
        else:
            pen.line([(x, y), (x + wide, y + rng.uniform(-20, 20))], ink, thick)
    pen.line([(30, 60), (60, 100), (130, 20)], (190, 30, 40), 6)
    return out


def stickered(image: Image.Image, rng: random.Random) -> Image.Image:
    """A sender's stickers and a logo, set beside the page."""
    band = round(image.width * 0.3)
    out = Image.new("RGB", (image.width + band, image.height), rng.choice(("white", "#f2ecd9")))
    out.paste(image, (0, 0))
    pen = ImageDraw.Draw(out)
    x, y = image.width + band // 2, rng.randrange(band, max(band + 1, image.height - band))
    r = band // 3
    pen.ellipse((x - r, y - r, x + r, y + r), fill="#ffd84d", outline="#5a4300", width=4)
    for side in (-1, 1):
        eye = x + side * r // 3
        pen.ellipse((eye - 6, y - r // 3 - 6, eye + 6, y - r // 3 + 6), fill="#5a4300")
    pen.arc((x - r // 2, y - r // 4, x + r // 2, y + r // 2), 10, 170, "#5a4300", 5)
    pen.rounded_rectangle((x - r, 30, x + r, 30 + r), 10, fill="#2e6f9e")
    return out


def erased(image: Image.Image, boxes: list[tuple[int, int, int, int]]) -> Image.Image:
    """The ink in the boxes is gone, but for a soft left edge; the paper stays."""
    paper = Image.new("RGB", image.size, tuple(np.asarray(image)[4, 4].tolist()))
    mask = Image.new("L", image.size, 0)
    for left, top, right, bottom in boxes:
        ImageDraw.Draw(mask).rectangle((left - 3, top - 4, right + 8, bottom + 4), 255)
    return Image.composite(paper, image, mask.filter(ImageFilter.GaussianBlur(2)))


def destroyed(image: Image.Image, rng: random.Random) -> Image.Image:
    """Out of focus and tiny: nobody reads it."""
    small = image.resize((300, max(1, round(300 * image.height / image.width))))
    return small.filter(ImageFilter.GaussianBlur(rng.uniform(2.2, 3.2)))
