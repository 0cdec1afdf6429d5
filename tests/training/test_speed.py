from __future__ import annotations

from training.speed import main


def test_it_says_how_long_pairs_take(photos, artefact_folder, capsys):
    assert main(["--photos", str(photos), "--artefacts", str(artefact_folder), "--pairs", "2"]) == 0
    assert "ms a pair" in capsys.readouterr().out
