#!/usr/bin/env python3
"""Extracts triples with model.onnx, using numpy, onnxruntime and, for a BERT, tokenizers. Nothing of Espalier is needed.

    python extract.py < texts.jsonl > triples.jsonl     # or lines of plain text
    python extract.py --check                           # compares with the probabilities that came with the model

A line is a text, or JSON: {"text": "..."} or {"words": ["...", ...]}; other keys are kept. Texts are cut at full stops and
white space by simple rules; Espalier knows more of languages. For the same triples to the last digit, pass "words" as
Espalier split them.
"""
import argparse
import json
import math
import os
import re
import sys
import unicodedata

import numpy as np
import onnxruntime

PADDING, UNKNOWN = 0, 1

# Of a sentence that is read in windows, cells of the table of word pairs count from this probability on, at most so many for each word,
# and at most as many as those of this number of words.
LEAST_CELL, CELLS_PER_WORD, MOST_WORDS = 0.05, 16, 16384


def read_words(path):
    """Rows of the word vectors by word, in lower case."""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")[:-1]
    plain = [re.sub(r"\\(.)", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), line) for line in lines]
    return {word: row for row, word in enumerate(plain) if row > UNKNOWN}


def casing_of(word):
    """The pattern of capital letters in a word, as a row of its own vectors."""
    has_letter = any(unicodedata.category(c).startswith("L") for c in word)
    if any(unicodedata.category(c).startswith("N") for c in word):
        return 6 if has_letter else 5
    if not has_letter:
        return 7
    if word == word.lower():
        return 1
    if word[0] != word[0].lower() and word[1:] == word[1:].lower():
        return 2
    return 3 if word == word.upper() else 4


def word_windows(words, size, overlap):
    """Half-open ranges of at most `size` words, each beginning `overlap` words before the end of the former."""
    windows, start = [], 0
    while True:
        windows.append((start, min(words, start + size)))
        if start + size >= words:
            return windows
        start += size - overlap


def piece_windows(counts, room):
    """Ranges of words with at most `room` pieces; each starts about half a window after the previous one. For each, the range of
    words whose states are taken from it: two windows that share words meet in the middle of the shared ones."""
    ranges, start = [], 0
    while start < len(counts) or not ranges:
        end, used, half = start, 0, start
        while end < len(counts) and (end == start or used + counts[end] <= room):
            used += counts[end]
            end += 1
            if used <= room / 2:
                half = end
        ranges.append((start, end))
        if end >= len(counts):
            break
        start = max(half, start + 1)
    windows = []
    for at, (start, end) in enumerate(ranges):
        first = start if at == 0 else (start + ranges[at - 1][1]) // 2
        last = end if at + 1 == len(ranges) else (ranges[at + 1][0] + end) // 2
        windows.append((start, end, first, last))
    return windows


class Memory:
    """The names and pairs of names that training texts hold, and how many of the sentences that hold them annotate them how."""

    DOUBT = 0.5  # added to the sentences that hold the words, so that one of one counts less than ten of ten

    def __init__(self, folder):
        with open(os.path.join(folder, "memory.json"), encoding="utf-8") as file:
            stored = json.load(file)
        self.names, self.pairs = stored["names"], stored["pairs"]
        counts = [count for pair in self.pairs for _, count in pair[3]]
        repeated = sum(count for count in counts if count > 1) / max(1, sum(counts))
        self.discount = math.log(1 - min(0.95, repeated))  # of what train does not state
        self.by_first, self.by_subject = {}, {}
        for at, (words, _, _) in enumerate(self.names):
            self.by_first.setdefault(words[0], []).append(at)
        for at, pair in enumerate(self.pairs):
            self.by_subject.setdefault(pair[0], []).append(at)

    def shares(self, held, counts):
        return [(label, count / (held + self.DOUBT)) for label, count in counts]

    def recall(self, words):
        """Remembered triples of a sentence: subject, relation, object, share; a name is its type, its share and its places."""
        starts = {}
        for start, word in enumerate(words):
            for at in self.by_first.get(word, []):
                if words[start : start + len(self.names[at][0])] == self.names[at][0]:
                    starts.setdefault(at, []).append(start)

        def name(at):
            label, share = max(self.shares(*self.names[at][1:]), key=lambda each: each[1])
            return label, share, [(start, start + len(self.names[at][0])) for start in starts[at]]

        for subject in starts:
            for at in self.by_subject.get(subject, []):
                _, object_, held, counts = self.pairs[at]
                if object_ in starts:
                    for relation, share in self.shares(held, counts):
                        yield name(subject), relation, name(object_), share


class Model:
    def __init__(self, folder):
        with open(os.path.join(folder, "onnx.json"), encoding="utf-8") as file:
            self.facts = json.load(file)
        if self.facts.get("format") != "espalier-onnx" or self.facts.get("version") != 2:
            sys.exit(f"{folder}/onnx.json is of another version: export the model again.")
        self.session = onnxruntime.InferenceSession(
            os.path.join(folder, "model.onnx"), providers=onnxruntime.get_available_providers()
        )
        self.inputs = {each.name for each in self.session.get_inputs()}
        self.memory = Memory(folder) if self.facts.get("memory") else None
        if self.facts["encoder"] == "words":
            self.rows = read_words(os.path.join(folder, "vocabulary.txt"))
        else:
            self.tokenizer = self.read_tokenizer(folder)
            names = ("[PAD]", "[CLS]", "[SEP]", "[UNK]")
            if self.tokenizer.token_to_id("[CLS]") is None:
                names = ("<pad>", "<s>", "</s>", "<unk>")
            self.padding, self.begin, self.end, self.unknown = map(self.tokenizer.token_to_id, names)
            # pieces of byte-level BPE begin with the gap before their word
            self.gap = " " if "ByteLevel" in str(self.tokenizer.pre_tokenizer) else ""

    def read_tokenizer(self, folder):
        import tokenizers

        own = os.path.join(folder, "tokenizer.json")
        if os.path.exists(own):
            return tokenizers.Tokenizer.from_file(own)
        config = {}
        if os.path.exists(os.path.join(folder, "tokenizer_config.json")):
            with open(os.path.join(folder, "tokenizer_config.json"), encoding="utf-8") as file:
                config = json.load(file)
        chinese = config.get("tokenize_chinese_chars")
        lower = config.get("do_lower_case")
        return tokenizers.BertWordPieceTokenizer(
            os.path.join(folder, "vocab.txt"),
            lowercase=True if lower is None else lower,
            strip_accents=config.get("strip_accents"),
            handle_chinese_chars=True if chinese is None else chinese,
        )

    def feeds(self, words, pos=None):
        """One sentence as the graph reads it."""
        feeds = {"lengths": np.array([len(words)], np.int64)}
        if self.facts["encoder"] == "words":
            feeds["words"] = np.array([[self.rows.get(word.lower(), UNKNOWN) for word in words]], np.int64)
            if "casing" in self.inputs:
                feeds["casing"] = np.array([[casing_of(word) for word in words]], np.int64)
            if "pos" in self.inputs:
                rows = {name: row + 1 for row, name in enumerate(self.facts["partsOfSpeech"])}
                feeds["pos"] = np.array([[rows.get(name, 0) for name in pos or [None] * len(words)]], np.int64)
            return feeds
        begin, end, unknown = self.begin, self.end, self.unknown
        room = self.facts["positions"] - 2
        cut = [(self.tokenizer.encode(self.gap + word, add_special_tokens=False).ids or [unknown])[:room] for word in words]
        windows = piece_windows([len(pieces) for pieces in cut], room)
        rows = [[begin] + [piece for pieces in cut[a:b] for piece in pieces] + [end] for a, b, _, _ in windows]
        width = max(len(row) for row in rows)
        feeds["pieces"] = np.array([row + [self.padding] * (width - len(row)) for row in rows], np.int64)
        feeds["piece_mask"] = np.array([[1] * len(row) + [0] * (width - len(row)) for row in rows], np.float32)
        first = []
        for at, (a, _, own, last) in enumerate(windows):
            first += [at * width + 1 + sum(len(pieces) for pieces in cut[a:word]) for word in range(own, last)]
        feeds["first_pieces"] = np.array([first], np.int64)
        return feeds

    def predict(self, words, pos=None):
        """Probabilities of tags [n, T] and of relations [n, n, l]; None for what the model does not learn."""
        names = [each.name for each in self.session.get_outputs()]
        found = dict(zip(names, self.session.run(names, self.feeds(words, pos))))
        return found["tags"][0] if "tags" in found else None, found["relations"][0] if "relations" in found else None

    def spans(self, tags):
        """Complete B I* E or S of one type, in reading order."""
        names = [self.facts["tags"][index] for index in tags.argmax(axis=1)]
        spans, start = [], None
        for at, name in enumerate(names):
            prefix, _, label = name.partition("-")
            open_label = names[start].partition("-")[2] if start is not None else None
            if prefix == "S":
                spans.append((at, at + 1, label))
            elif prefix == "E" and start is not None and label == open_label:
                spans.append((start, at + 1, label))
            start = at if prefix == "B" else start if prefix == "I" and label == open_label else None
        return [
            {"start": a, "end": b, "label": label or self.facts["untypedLabel"], "probability": float(tags[a:b].max(axis=1).prod())}
            for a, b, label in spans
        ]

    def scored(self, words, pos=None):
        """Spans of one sentence of words, and the probability of a cell."""
        limit = self.facts["windows"]
        if len(words) > limit["mostWords"]:
            spans, probability_of = self.read_windows(words, pos, limit)
        else:
            tags, relations = self.predict(words, pos)
            spans = self.spans(tags) if tags is not None else []
            probability_of = lambda subject, object_, index: relations[subject, object_, index] if relations is not None else 0
            if self.memory:
                kept = dict(self.likely(relations, len(words)))
                probability_of = lambda *place: kept.get(place, 0)
        return self.with_memory(list(words), spans, probability_of) if self.memory else (spans, probability_of)

    def read(self, words, pos=None):
        """Spans and triples of one sentence of words."""
        spans, probability_of = self.scored(words, pos)
        anchors = {self.anchor(span["start"], span["end"]): span for span in spans}
        triples = []
        for subject, one in anchors.items():
            for object_, other in anchors.items():
                for index, name in enumerate(self.facts["relations"]):
                    probability = probability_of(subject, object_, index)
                    if probability > 0 and probability >= self.facts["thresholds"].get(name, self.facts["threshold"]):
                        triples.append(
                            {
                                "subject": " ".join(words[one["start"] : one["end"]]),
                                "relation": name,
                                "object": " ".join(words[other["start"] : other["end"]]),
                                "probability": float(probability),
                            }
                        )
        triples.sort(key=lambda triple: -triple["probability"])
        return {"words": words, "spans": spans, "triples": triples}

    def anchor(self, start, end):
        return end - 1 if self.facts["anchor"] == "last" else start

    def with_memory(self, words, spans, probability_of):
        """What train states of the words beside what the model finds (models/memory/remembered-pass.ts)."""
        weights, names, known = self.facts["memory"], self.facts["relations"], {}
        typed = any("-" in tag for tag in self.facts["tags"])
        log_odds = lambda probability: math.log(probability / (1 - probability))
        spans = list(spans)
        for subject, relation, object_, share in self.memory.recall(words):
            if relation not in names:
                continue
            index = names.index(relation)
            places = [(a, b) for a in subject[2] for b in object_[2]]
            own = [float(probability_of(self.anchor(*a), self.anchor(*b), index)) for a, b in places]
            own = [each if each >= LEAST_CELL else 0 for each in own]
            best = min(range(len(places)), key=lambda at: (-own[at], abs(places[at][0][0] - places[at][1][0])))
            odds = weights["model"] * log_odds(min(1 - 1e-6, max(LEAST_CELL, own[best])))
            odds += weights["share"] * log_odds(share) + weights["bias"]
            probability = 1 / (1 + math.exp(-odds))
            known[self.anchor(*places[best][0]), self.anchor(*places[best][1]), index] = probability
            if probability < 0.5 or "O" not in self.facts["tags"]:
                continue
            for (start, end), (label, sure, _) in zip(places[best], (subject, object_)):
                taken = any(span["start"] < end and start < span["end"] for span in spans)
                if not taken and (f"S-{label}" if typed else "S") in self.facts["tags"]:
                    label = label if typed else self.facts["untypedLabel"]
                    spans.append({"start": start, "end": end, "label": label, "probability": sure})

        def with_discount(*place):
            own = float(probability_of(*place))
            if place in known or own < LEAST_CELL:
                return known.get(place, 0)
            return 1 / (1 + math.exp(-(log_odds(min(1 - 1e-6, own)) + self.memory.discount)))

        return sorted(spans, key=lambda span: span["start"]), with_discount

    def read_windows(self, words, pos, limit):
        """Spans, and the probability of a cell, of a sentence whose table of word pairs would be too large. What two windows found
        counts once, and where they differ, the window counts in whose middle it stands: there the model saw most around it."""
        length, spans, cells = len(words), [], {}
        for start, end in word_windows(length, limit["size"], limit["overlap"]):
            def depth(first, last):
                return min(float("inf") if start == 0 else first - start, float("inf") if end == length else end - last)

            tags, relations = self.predict(words[start:end], pos[start:end] if pos else None)
            for span in self.spans(tags) if tags is not None else []:
                moved = {**span, "start": span["start"] + start, "end": span["end"] + start}
                spans.append((depth(moved["start"], moved["end"]), moved))
            for place, probability in self.likely(relations, end - start):
                subject, object_, index = place[0] + start, place[1] + start, place[2]
                own = depth(min(subject, object_), max(subject, object_) + 1)
                rival = cells.get((subject, object_, index))
                if rival is None or own > rival[0]:
                    cells[subject, object_, index] = (own, probability)
        taken, kept = [False] * length, []
        for _, span in sorted(spans, key=lambda each: (-each[0], each[1]["start"])):
            if not any(taken[span["start"] : span["end"]]):
                taken[span["start"] : span["end"]] = [True] * (span["end"] - span["start"])
                kept.append(span)
        best = sorted(cells.items(), key=lambda cell: -cell[1][1])[: CELLS_PER_WORD * min(length, MOST_WORDS)]
        found = {place: probability for place, (_, probability) in best}
        return sorted(kept, key=lambda span: span["start"]), lambda *place: found.get(place, 0)

    def likely(self, relations, words):
        """The most probable cells of a window as ((subject, object, relation), probability)."""
        if relations is None:
            return []
        places = np.argwhere(relations >= LEAST_CELL)
        cells = [(tuple(int(each) for each in place), float(relations[tuple(place)])) for place in places]
        return sorted(cells, key=lambda cell: -cell[1])[: CELLS_PER_WORD * words]


def split(text):
    """Sentences of words: runs of letters and digits, and every other mark by itself."""
    words = re.findall(r"\w+(?:[-'’.]\w+)*|[^\w\s]", text)
    sentences, current = [], []
    for word in words:
        current.append(word)
        if word in ".!?。！？":
            sentences.append(current)
            current = []
    return sentences + ([current] if current else [])


def check(model):
    """The largest difference from the probabilities that came with the model."""
    largest = 0.0
    for expected in model.facts["selfCheck"]:
        spans, probability_of = model.scored(expected["words"], expected.get("pos"))
        if [(s["start"], s["end"], s["label"]) for s in spans] != [
            (s["start"], s["end"], s["label"]) for s in expected["spans"]
        ]:
            sys.exit(f"other spans in: {' '.join(expected['words'])}")
        for own, other in zip(spans, expected["spans"]):
            largest = max(largest, abs(own["probability"] - other["probability"]))
        for cell in expected["cells"]:
            index = model.facts["relations"].index(cell["type"])
            largest = max(largest, abs(float(probability_of(cell["subject"], cell["object"], index)) - cell["probability"]))
    print(f"{len(model.facts['selfCheck'])} sentences, largest difference {largest:.2g}")
    return 0 if largest < 1e-4 else 1


def main():
    parser = argparse.ArgumentParser(description="Extract triples with an exported model.")
    parser.add_argument("--model", default=os.path.dirname(os.path.abspath(__file__)), help="folder of model.onnx")
    parser.add_argument("--check", action="store_true", help="compare with the probabilities that came with the model")
    options = parser.parse_args()
    model = Model(options.model)
    if options.check:
        return check(model)
    failed = 0
    for number, line in enumerate(sys.stdin, 1):
        line = line.rstrip("\n")
        if not line.strip():
            continue
        try:
            record = json.loads(line) if line.lstrip().startswith("{") else {"text": line}
            if "words" not in record and "text" not in record:
                raise ValueError('expected {"text": "..."} or {"words": ["...", ...]}')
            sentences = [record["words"]] if "words" in record else split(record["text"])
            record["sentences"] = [model.read(words, record.get("pos")) for words in sentences if words]
        except (ValueError, KeyError, TypeError) as error:
            failed += 1
            record = {"line": number, "error": str(error)}
        print(json.dumps(record, ensure_ascii=False), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
