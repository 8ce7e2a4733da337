"""Where the recipes read and write."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
RECIPES = ROOT / "data" / "recipes"
MODEL = ROOT / "data" / "model"
TEST_DATA = ROOT / "tests" / "data"
TRAINING = ROOT / "build" / "training"  # intermediate files, ignored by git
