"""Photos of business cards as a hand takes them: seen from an angle, on a table with a
grain, with the shadow of the card and of the phone, a gleam, and turned in any way."""

import io
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .cards import SIZE, draw_flat

SCENE = (1600, 1200)
TURNS = (0, 90, 180, 270)
# Of the side of the card: by how much a corner may be nearer or farther.
SLANT = 0.07
TABLES = ("#7a5c3e", "#9a948c", "#2f3d36", "#c9c2b4", "#41434a")


def take_photo(number, seed="photo", turn=None):
    """Return a JPEG file and ``{field: text}`` of what stands on the card.

    :param turn: degrees to the left; None: each in its turn
    """
    dice = random.Random(f"{seed} {number}")
    card, wanted = draw_flat(number, dice)
    corners = _place(dice)
    scene = _lay(_draw_table(dice), card, corners, dice)
    scene = _light(scene, dice)
    scene = scene.filter(ImageFilter.GaussianBlur(dice.uniform(0.4, 1.1)))
    noise = Image.effect_noise(scene.size, dice.uniform(6, 18)).convert("RGB")
    scene = ImageChops.add(scene, noise, 1.0, -128)
    degrees = TURNS[number % len(TURNS)] if turn is None else turn
    content = io.BytesIO()
    scene.rotate(degrees, expand=True).save(content, "JPEG", quality=80)
    return content.getvalue(), wanted


def _place(dice):
    """Return where the corners of the card lie: upper left first, then clockwise."""
    width = dice.uniform(1080, 1240)
    height = width * SIZE[1] / SIZE[0]
    left = (SCENE[0] - width) / 2 + dice.uniform(-60, 60)
    top = (SCENE[1] - height) / 2 + dice.uniform(-60, 60)
    flat = [(0, 0), (width, 0), (width, height), (0, height)]
    return [
        (
            left + x + dice.uniform(-SLANT, SLANT) * width / 2,
            top + y + dice.uniform(-SLANT, SLANT) * height,
        )
        for x, y in flat
    ]


def _draw_table(dice):
    """Return a table with a grain."""
    table = Image.new("RGB", SCENE, dice.choice(TABLES))
    grain = Image.effect_noise((SCENE[0] // 40, SCENE[1]), 60).resize(SCENE)
    grain = grain.filter(ImageFilter.GaussianBlur(2)).convert("RGB")
    return ImageChops.add(table, grain, 1.6, -60)


def _lay(table, card, corners, dice):
    """Lay the card on the table, seen from an angle, above its own shadow."""
    shift = dice.uniform(8, 22)
    shadow = Image.new("L", SCENE, 0)
    ImageDraw.Draw(shadow).polygon([(x + shift, y + shift) for x, y in corners], 150)
    shadow = shadow.filter(ImageFilter.GaussianBlur(14))
    table.paste((10, 10, 10), mask=shadow)
    terms = _get_perspective(corners, card.size)
    kind, how = Image.Transform.PERSPECTIVE, Image.Resampling.BICUBIC
    seen = card.transform(SCENE, kind, terms, how)
    paper = Image.new("L", card.size, 255).transform(SCENE, kind, terms, how)
    table.paste(seen, mask=paper)
    return table


def _get_perspective(corners, size):
    """Return the eight terms by which a point of the scene is one of the card."""
    import numpy  # noqa: PLC0415, comes with rapidocr

    rows, values = [], []
    card = [(0, 0), (size[0], 0), size, (0, size[1])]
    for (x, y), (left, top) in zip(corners, card, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -left * x, -left * y])
        rows.append([0, 0, 0, x, y, 1, -top * x, -top * y])
        values += [left, top]
    return numpy.linalg.solve(numpy.array(rows), numpy.array(values)).tolist()


def _light(scene, dice):
    """Light from one side, the soft shadow of the hand, a gleam."""
    light = Image.linear_gradient("L").rotate(dice.choice(TURNS)).resize(scene.size)
    light = light.point(lambda value: 170 + value // 3)
    hand = Image.new("L", scene.size, 255)
    start = dice.uniform(0.2, 0.9) * scene.width
    ImageDraw.Draw(hand).polygon(
        [
            *((start, 0), (start + 500, 0)),
            *((start + dice.uniform(-300, 300), 1200), (start - 300, 1200)),
        ],
        fill=dice.randrange(140, 200),
    )
    hand = hand.filter(ImageFilter.GaussianBlur(40))
    scene = ImageChops.multiply(scene, Image.merge("RGB", (light,) * 3))
    scene = ImageChops.multiply(scene, Image.merge("RGB", (hand,) * 3))
    gleam = Image.new("L", scene.size, 0)
    x, y = dice.randrange(200, 1400), dice.randrange(200, 1000)
    ImageDraw.Draw(gleam).ellipse((x - 150, y - 80, x + 150, y + 80), 110)
    gleam = gleam.filter(ImageFilter.GaussianBlur(60))
    scene.paste((255, 255, 250), mask=gleam)
    return scene
