"""Put the subject before another background."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from graph.context import Context
from graph.controls import Choice, Colour, Seed, Slider, Toggle
from graph.errors import StepError
from graph.spec import node
from nodes.background.backdrop import Backdrop, replaced
from nodes.background.composite import Replaced
from nodes.background.placed import FITS, Placed
from nodes.background.plain import Gradient, Plain, colour_of
from nodes.background.studio import DARK, LIGHT, Studio, lamp
from nodes.background.surroundings import Surroundings
from nodes.kinds.arrays import Floats
from nodes.kinds.image import Image
from nodes.kinds.mask import Mask
from nodes.pixels.extent import require_same_size
from nodes.pixels.profile import to_profile

KINDS = ("studio", "picture", "colour", "gradient", "blurred")


@node(title="Replace Background")
def replace(
    ctx: Context,
    image: Image,
    mask: Mask,
    picture: Image | None = None,
    *,
    kind: Annotated[
        str, Choice(KINDS, help="A painted studio backdrop, the wired picture, a colour, two, or the old one blurred.")
    ] = "studio",
    colour: Annotated[str, Colour(help="The colour; the first of a gradient; where light falls in a studio.")] = LIGHT,
    second: Annotated[str, Colour(help="The end of a gradient; the dark corners of a studio.")] = DARK,
    angle: Annotated[
        float, Slider(-180, 180, 1, unit="°", help="Direction of a gradient; 0 runs from top to bottom.", advanced=True)
    ] = 0.0,
    fit: Annotated[str, Choice(FITS, help="A picture fills the frame, is shown whole, or is stretched.")] = "cover",
    across: Annotated[float, Slider(-100, 100, 1, unit="%", help="Moves a picture right, of the width.")] = 0.0,
    down: Annotated[float, Slider(-100, 100, 1, unit="%", help="Moves a picture down, of the height.")] = 0.0,
    scale: Annotated[float, Slider(0.1, 5, 0.05, help="How large a picture is; at 1 it fits.")] = 1.0,
    blur: Annotated[float, Slider(0, 10, 0.1, unit="%", help="How much the old background is blurred.")] = 1.5,
    one_tone: Annotated[
        bool, Toggle(help="A black-and-white or sepia photo gets a background of its own tone.")
    ] = True,
    seed: Annotated[int, Seed(help="Another seed paints another studio backdrop.", advanced=True)] = 1,
) -> Replaced:
    """Put the person or thing of a photo before another background.

    The mask says what stays: wire Find the Subject, better with Refine Mask Edge and Remove Colour Spill in between.
    What is wholly subject stays as it is to the last bit; along soft edges both are mixed as light.

    For a picture of your own, choose "picture", wire it, and move and scale it until it fits. Lengths are in percent.
    The background alone is given as well, for Throw a Shadow and for Harmonise Background, which gives it the tones
    and the grain of the photo: without that a sharp new picture behind an old face looks pasted.
    """
    require_same_size(image, mask, "the photo and the mask")
    if not mask.values.any():
        ctx.say("Nothing is marked as the subject: the photo is unchanged.")
        return Replaced(image, image)
    size, profile = (image.height, image.width), image.origin.profile
    one, two = colour_of(colour, profile), colour_of(second, profile)
    makers: dict[str, Callable[[], Backdrop]] = {
        "studio": lambda: Studio(size, one, two, lamp(ctx, mask), seed),
        "picture": lambda: Placed(ctx, _fitting(ctx, picture, image), size, fit, (down, across), scale, one),
        "colour": lambda: Plain(one),
        "gradient": lambda: Gradient(size, one, two, angle),
        "blurred": lambda: Surroundings(ctx, image, mask, blur / 100),
    }
    return replaced(ctx, image, mask, makers[kind](), one_tone)


def _fitting(ctx: Context, picture: Image | None, image: Image) -> Floats:
    """The picture in the photo's colour profile."""
    if picture is None:
        raise StepError("No picture is wired to Replace Background.", "Wire one to Picture, or choose another kind.")
    return to_profile(picture, image.origin.profile, ctx).pixels
