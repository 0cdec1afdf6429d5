"""Match a new background to the subject before it."""

from __future__ import annotations

from typing import Annotated

import numpy as np

from graph.context import Context
from graph.controls import Seed, Slider
from graph.spec import node
from nodes.background.composite import exchanged
from nodes.background.matching import REPEATS, Matching, grain_texture, matching
from nodes.background.tones import brought
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.gaussian import Gaussian


@node(title="Harmonise Background")
def harmonise(
    ctx: Context,
    image: Image,
    mask: Mask,
    backdrop: Image | None = None,
    *,
    tone: Annotated[
        float, Slider(0, 1, 0.05, help="How far brightness and contrast of the background come to the subject's.")
    ] = 0.8,
    colour: Annotated[
        float, Slider(0, 1, 0.05, help="How far its colour cast and the strength of its colours do.")
    ] = 0.7,
    sharpness: Annotated[
        float, Slider(0, 1, 0.05, help="How far a background that is sharper than the subject is blurred.")
    ] = 1.0,
    grain: Annotated[float, Slider(0, 1, 0.05, help="How much of the subject's grain the background gets.")] = 0.7,
    seed: Annotated[int, Seed(help="Another seed draws other grain.", advanced=True)] = 1,
) -> Image:
    """Make a new background look as if it had been in the photo all along.

    Wire both results of Replace Background, and the same mask. Old prints are flat, soft and grainy, and have turned
    yellow or brown; a new picture is not. So it is measured what the subject looks like, and the background follows:
    its blacks and whites come within the subject's, colours get its cast, edges its softness, and surfaces its grain.
    A black-and-white or sepia photo gives its background its own tone.

    The subject stays as it is.
    """
    require_same_size(image, mask, "the picture and the mask")
    require_same_size(image, backdrop, "the picture and its background")
    behind = backdrop or image
    found = matching(ctx, image, mask, behind) if tone or colour or sharpness or grain else None
    if found is None:
        ctx.say("There is no background to match to a subject, or nothing is asked for: the picture is unchanged.")
        return image
    blur = sharpness * found.blur
    _report(ctx, found, blur, grain)
    soft = Gaussian(ctx, behind.pixels, blur) if blur > 0 else None
    texture = grain_texture(found.grain, grain, seed)
    out = ctx.empty(image.pixels.shape)
    for tile in ctx.tiles(image, soft.overlap if soft else 0):
        old = behind.pixels[tile.write]
        new = brought(soft.of(tile) if soft else old, found.have, found.want, tone, colour)
        if found.toned is not None and colour > 0:
            new = found.toned.of(new)
        if texture is not None:
            y, x = (np.arange(part.start, part.stop) % REPEATS for part in tile.write)
            new = np.clip(new + texture[np.ix_(y, x)][..., None], 0, 1)
        out[tile.write] = exchanged(image.pixels[tile.write], old, new, mask.values[tile.write])
    return image.like(out)


def _report(ctx: Context, found: Matching, blur: float, grain: float) -> None:
    have, want = found.have, found.want
    done = [f"from {have.black:.0%} to {have.white:.0%} bright, the subject from {want.black:.0%} to {want.white:.0%}"]
    if found.toned is not None:
        done.append("the subject's one tone taken over")
    if blur > 0:
        done.append(f"blurred by {blur:.1f} pixels")
    if found.grain.sigma * grain > 0:
        done.append(f"grain of {found.grain.sigma * grain:.1%} added")
    ctx.say(f"Background: {', '.join(done)}.")
