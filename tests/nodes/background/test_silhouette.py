from __future__ import annotations

import numpy as np

from nodes.background.silhouette import silhouette
from nodes.kinds.faces import Face, Faces


def face(left, top, width, height):
    points = tuple(
        (left + x * width, top + y * height) for x, y in ((0.3, 0.4), (0.7, 0.4), (0.5, 0.6), (0.35, 0.8), (0.65, 0.8))
    )
    return Face((left, top, left + width, top + height), points)


def test_a_person_stands_below_the_face():
    found = silhouette(Faces((face(90, 40, 40, 50),), height=400, width=220))
    assert found.inside[65, 110]
    assert found.inside[120, 110]
    assert found.likely[250, 110] > 0.5
    assert found.likely[250, 10] < 0.5
    assert found.outside[5, 5]
    assert not (found.inside & found.outside).any()
    assert (found.likely[found.outside] < 0.5).all()


def test_everyone_in_a_group_counts_and_bystanders_do_not():
    people = Faces((face(40, 40, 40, 50), face(200, 45, 36, 48), face(330, 60, 8, 10)), height=300, width=400)
    found = silhouette(people)
    assert found.inside[65, 60]
    assert found.inside[65, 218]
    assert not found.inside[65, 334]


def test_a_face_may_reach_beyond_the_photo():
    found = silhouette(Faces((face(-30, -40, 100, 120),), height=60, width=50))
    assert found.inside.any()
    assert np.isfinite(found.likely).all()
