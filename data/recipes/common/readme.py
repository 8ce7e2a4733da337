"""data/model/README.md: model_readme.md with the numbers and tables that were measured."""

import json

from common.facts import read_facts
from common.paths import MODEL, RECIPES

TITLES = {"epoch": "epoch", "step": "steps", "seconds": "minutes", "loss": "loss", "perplexity": "perplexity",
          "guided": "guided", "dev_bleu": "BLEU", "greeting": "*Hello, how are you?*"}


def read_table(name):
    lines = (MODEL / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines]


def markdown(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(str(cell).replace('|', chr(92) + '|') for cell in line)} |" for line in lines)


def training_log():
    names, *rows = read_table("training.tsv")
    for row in rows:
        seconds = names.index("seconds")
        row[seconds] = str(round(int(row[seconds]) / 60))
    return markdown([TITLES[name] for name in names], rows)


def head_table(alignment):
    rows = [[f"layer {head['layer']}, head {head['head']}", f"{head['accuracy']:.1%}",
             f"{head['accuracy_where_diagonal_wrong']:.1%}"] for head in alignment["heads"]]
    rows.append(["the plain diagonal", f"{alignment['diagonal']:.1%}", "0.0%"])
    return markdown(["cross-attention", "right", "right where the diagonal is wrong"], rows)


def duration(seconds):
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def shipped_weights(files):
    if files == ["ema"]:
        return "The weights are a moving average over about the last thousand steps."
    if len(files) == 1:
        return "The weights are those after the last step; on dev they are as good as their moving average."
    return f"The weights are the mean of {len(files)} kept during the training ({', '.join(files)})."


def write_model_readme():
    """@raises KeyError naming what facts.json lacks: evaluate, alignments and export write it"""
    facts = read_facts()
    training, best = facts["training"], facts["alignment"]["best_head"]
    files = training["weights"].split()
    moving_average = files == [f"ema-{training['epochs']}.npy"]
    template = (RECIPES / "model_readme.md").read_text(encoding="utf-8")
    text = template.format(
        **facts,
        vocabulary=len(json.loads((MODEL / "vocab.json").read_text(encoding="utf-8"))),
        export="" if moving_average else " " + training["weights"],
        weights=shipped_weights(["ema"] if moving_average else files),
        hours=duration(training["seconds"]),
        train_pairs=training["pairs"], own_greetings=training["own_greetings"],
        greeting_weight=training["greeting_weight"],
        log=training_log(), heads=head_table(facts["alignment"]),
        best_right=f"{best['accuracy']:.1%}", best_hard=f"{best['accuracy_where_diagonal_wrong']:.1%}",
        everyday=markdown(["English", "the model's French"], read_table("everyday.tsv")))
    (MODEL / "README.md").write_text(text, encoding="utf-8")
