"""Beam search over a Decoder, as transformers >= 4.50 has it, and texts in, texts out."""

import torch

NEVER = -1e9
UNSUPPORTED = {"no_repeat_ngram_size": 0, "repetition_penalty": 1.0, "min_length": 0, "do_sample": False}


class Settings:
    """The decoding defaults of a checkpoint; settings that this search does not know are refused, not ignored."""

    def __init__(self, checkpoint, **changes):
        given = {**checkpoint.generation, **changes}
        for name, harmless in UNSUPPORTED.items():
            if given.get(name, harmless) != harmless:
                raise ValueError(f"{name} is {given[name]}; this search knows only {harmless}")
        self.beams = given.get("num_beams", 1)
        self.max_length = given.get("max_length", 20)
        self.length_penalty = given.get("length_penalty", 1.0)
        self.early_stopping = given.get("early_stopping", False)
        self.renormalize = given.get("renormalize_logits", False)
        self.banned = [ids[0] for ids in given.get("bad_words_ids") or [] if len(ids) == 1]
        self.forced_eos = given.get("forced_eos_token_id")
        self.eos, self.start = checkpoint.eos, checkpoint.start

    def words(self):
        return f"beam {self.beams}, length penalty {self.length_penalty:g}"


def beam_search(decoder, sentences, settings):
    """The best ids of each sentence (lists of ids with eos): without the start token, with eos where it came."""
    return _Search(decoder, sentences, settings).run()


class _Search:
    def __init__(self, decoder, sentences, settings):
        self.decoder, self.settings, self.count = decoder, settings, len(sentences)
        decoder.start(sentences)
        n = settings.beams
        self.sequences = torch.full((self.count, n, 1), settings.start)
        self.sums = torch.full((self.count, n), NEVER)
        self.sums[:, 0] = 0
        self.parents = None
        self.best = torch.full((self.count, n, settings.max_length), settings.eos)
        self.scores = torch.full((self.count, n), NEVER)
        self.filled = torch.zeros(self.count, n, dtype=torch.bool)
        self.open = torch.ones(self.count, dtype=torch.bool)

    def run(self):
        done = False
        while not done:
            totals, beams, tokens, ended = self._candidates()
            self._finish(totals, beams, tokens, ended)
            self._go_on(totals, beams, tokens, ended)
            every_slot = self.settings.early_stopping is True and bool(self.filled.all())
            done = not self.open.any() or every_slot or bool(ended.all())
        return [self._cut(ids) for ids in self.best[:, 0, 1:].tolist()]

    def _cut(self, ids):
        return ids[: ids.index(self.settings.eos) + 1] if self.settings.eos in ids else ids

    def _candidates(self):
        """The 2n best continuations of each sentence: totals, beams, tokens, and whether each is at its end."""
        s, length = self.settings, self.sequences.shape[2]
        logs = self.decoder.step(self.sequences[:, :, -1], self.parents)
        logs[:, :, s.banned] = -torch.inf
        if s.forced_eos is not None and length == s.max_length - 1:
            logs[:] = -torch.inf
            logs[:, :, s.forced_eos] = 0
        if s.renormalize:
            logs = logs.log_softmax(-1)
        totals, order = (logs + self.sums[:, :, None]).flatten(1).topk(2 * s.beams)
        beams, tokens = order // logs.shape[2], order % logs.shape[2]
        return totals, beams, tokens, (tokens == s.eos) | (length + 1 >= s.max_length)

    def _extended(self, beams, tokens):
        rows = self.sequences.gather(1, beams[:, :, None].expand(-1, -1, self.sequences.shape[2]))
        return torch.cat([rows, tokens[:, :, None]], 2)

    def _finish(self, totals, beams, tokens, ended):
        """Candidates at their end compete with those kept so far."""
        s, length = self.settings, self.sequences.shape[2]
        scores = totals / length**s.length_penalty
        barred = (~ended).float() + (torch.arange(2 * s.beams) >= s.beams) + (~self.open).float()[:, None]
        if s.early_stopping is True:
            barred = barred + self.filled.all(1).float()[:, None]
        padded = torch.full((self.count, 2 * s.beams, s.max_length), s.eos)
        padded[:, :, : length + 1] = self._extended(beams, tokens)
        self.scores, kept = torch.cat([self.scores, scores + barred * NEVER], 1).topk(s.beams)
        self.best = torch.cat([self.best, padded], 1).gather(1, kept[:, :, None].expand(-1, -1, s.max_length))
        self.filled = torch.cat([self.filled, barred == 0], 1).gather(1, kept)

    def _go_on(self, totals, beams, tokens, ended):
        """The n best that are not at their end run on; a sentence is open while the first of them could still win."""
        s, length = self.settings, self.sequences.shape[2]
        self.sums, kept = (totals + ended.float() * NEVER).topk(s.beams)
        beams, tokens = beams.gather(1, kept), tokens.gather(1, kept)
        self.parents = (beams + torch.arange(self.count)[:, None] * s.beams).flatten()
        self.sequences = self._extended(beams, tokens)
        longest = s.max_length - 1 if s.early_stopping == "never" and s.length_penalty > 0 else length
        hope = self.sums[:, :1] / longest**s.length_penalty
        worst = torch.where(self.filled, self.scores.min(1, keepdim=True).values, torch.tensor(NEVER))
        self.open &= (hope > worst).any(1)


@torch.no_grad()
def translate(decoder, texts, settings, batch=64):
    """A translation for each text, in order; sentences of like length are decoded together."""
    checkpoint = decoder.checkpoint
    ids = [[*checkpoint.ids(text, "source"), checkpoint.eos] for text in texts]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    results = [""] * len(texts)
    for first in range(0, len(order), batch):
        some = order[first : first + batch]
        for i, found in zip(some, beam_search(decoder, [ids[i] for i in some], settings)):
            results[i] = checkpoint.text(found) if texts[i].strip() else ""
    return results
