"""The bench's peer: the full model (PMEI) in PyTorch, one training step or one reading at a time, on request.

    python pmei.py '{"length": 24, "relations": 171, ...}' decomposed|concatenated cpu|cuda THREADS

The first argument is a workload of test/bench/workload.ts. Requests and answers are JSON, one a line, over standard
input and output (test/bench/protocol.ts). The equations are those of the workbench; sentences all have the same length,
so that no mask is needed. Shapes: B sentences, n words, d = 2 x hidden, l relations, k = B x n words in all.
"""
import json
import sys
import time

import torch
import torch.nn.functional as F
from torch import nn

try:
    import resource
except ImportError:  # Windows has none
    resource = None

TAGS = 5
EPSILON = 1e-8
DROPOUT = 0.3
CLIP_NORM = 5.0
LEARNING_RATE = 1e-3
ALPHA = 1e-3
BETA = 1e-6
GOLD_SHARE = 0.0005
# untrained, half of all cells would be read as relations; a trained model finds a few
RARITY = 8.0


class DecomposedPairs(nn.Module):
    """Logits of all pairs: the map over [h_i ; h_j] is two maps whose outputs are added, so that nothing is concatenated."""

    def __init__(self, d, l):
        super().__init__()
        self.left = nn.Linear(d, d)
        self.right = nn.Linear(d, d, bias=False)
        self.out = nn.Linear(d, l)

    def forward(self, h):
        return self.out(F.relu(self.left(h).unsqueeze(2) + self.right(h).unsqueeze(1)))


class ConcatenatedPairs(nn.Module):
    """Logits of all pairs as in the authors' released code: [h_i ; h_j] is built for every pair, then mapped."""

    def __init__(self, d, l):
        super().__init__()
        self.both = nn.Linear(2 * d, d)
        self.out = nn.Linear(d, l)

    def forward(self, h):
        n = h.size(1)
        pairs = torch.cat([h.unsqueeze(2).repeat(1, 1, n, 1), h.unsqueeze(1).repeat(1, n, 1, 1)], 3)
        return self.out(F.relu(self.both(pairs)))


FORMULATIONS = {"decomposed": DecomposedPairs, "concatenated": ConcatenatedPairs}


class GatedCell(nn.Module):
    """The paper's equation 7: the reset gate acts on the state before the product."""

    def __init__(self, y, d):
        super().__init__()
        self.update = nn.Linear(d + y, d)
        self.reset = nn.Linear(d + y, d)
        self.candidate = nn.Linear(d + y, d)

    def forward(self, h, shown):
        both = torch.cat([h, shown], -1)
        update, reset = torch.sigmoid(self.update(both)), torch.sigmoid(self.reset(both))
        candidate = torch.tanh(self.candidate(torch.cat([reset * h, shown], -1)))
        return (1 - update) * h + update * candidate


def two_layers(y, d):
    return nn.Sequential(nn.Linear(y, d), nn.Tanh(), nn.Linear(d, d))


class StochasticMap(nn.Module):
    """State and early predictions to a task's own state, and the KL that bounds what flows through."""

    def __init__(self, y, d):
        super().__init__()
        self.mean, self.deviation = GatedCell(y, d), GatedCell(y, d)
        self.prior_mean, self.prior_deviation = two_layers(y, d), two_layers(y, d)

    def forward(self, h, shown):
        mean = self.mean(h, shown)
        if not self.training:
            return mean, None
        variance = self.deviation(h, shown) ** 2 + EPSILON
        seen = shown.detach()
        prior_mean = self.prior_mean(seen)
        prior_variance = self.prior_deviation(seen) ** 2 + EPSILON
        ratio = variance / prior_variance
        divergence = 0.5 * (-torch.log(ratio) - 1 + ratio + (mean - prior_mean) ** 2 / prior_variance)
        return mean + torch.sqrt(variance) * torch.randn_like(mean), divergence.sum((1, 2)).mean()


class Pmei(nn.Module):
    def __init__(self, shape, pairs):
        super().__init__()
        d, l = 2 * shape["hidden"], shape["relations"]
        self.words = nn.Embedding(shape["vocabulary"] + 2, shape["wordDimension"], padding_idx=0)
        self.lstm = nn.LSTM(shape["wordDimension"], shape["hidden"], batch_first=True, bidirectional=True)
        self.early_tags, self.early_pairs = nn.Linear(d, TAGS), pairs(d, l)
        self.entity_map, self.relation_map = StochasticMap(TAGS + l, d), StochasticMap(TAGS + l, d)
        self.tags, self.pairs = nn.Linear(d, TAGS), pairs(d, l)
        with torch.no_grad():
            for head in (self.early_pairs, self.pairs):
                head.out.bias -= RARITY

    def forward(self, words):
        h, _ = self.lstm(F.dropout(self.words(words), DROPOUT, self.training))
        early_tags, early_pairs = self.early_tags(h), self.early_pairs(h)
        # the sigmoid rises everywhere, so the maximum is taken of logits
        pooled = torch.sigmoid(early_pairs.max(2)[0])
        shown = torch.cat([F.softmax(early_tags, -1), pooled], -1)
        entity, entity_divergence = self.entity_map(h, shown)
        relation, relation_divergence = self.relation_map(h, shown)
        return {
            "early": (early_tags, early_pairs),
            "final": (self.tags(entity), self.pairs(relation)),
            "divergences": (entity_divergence, relation_divergence),
        }


class Peer:
    """A model with generated data, that steps and reads."""

    def __init__(self, shape, formulation, device):
        torch.manual_seed(1)
        self.shape, self.device = shape, device
        self.model = Pmei(shape, FORMULATIONS[formulation]).to(device)
        self.adam = torch.optim.Adam(self.model.parameters(), lr=LEARNING_RATE)
        b, n, l = shape["batchSize"], shape["length"], shape["relations"]
        self.words = torch.randint(2, shape["vocabulary"] + 2, (b, n), device=device)
        self.gold_tags = torch.randint(0, TAGS, (b, n), device=device)
        self.gold_pairs = (torch.rand(b, n, n, l, device=device) < GOLD_SHARE).float()

    def loss(self, tags, pairs):
        tag_loss = F.cross_entropy(tags.reshape(-1, TAGS), self.gold_tags.reshape(-1), reduction="sum")
        pair_loss = F.binary_cross_entropy_with_logits(pairs, self.gold_pairs, reduction="sum")
        return (tag_loss + pair_loss) / self.shape["batchSize"]

    def step(self):
        self.model.train()
        outputs = self.model(self.words)
        loss = self.loss(*outputs["final"]) + ALPHA * self.loss(*outputs["early"]) + BETA * sum(outputs["divergences"])
        self.adam.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.model.parameters(), CLIP_NORM)
        self.adam.step()
        return loss.item()

    def extract(self, count):
        """Tags and cells of `count` sentences, as values that have arrived."""
        self.model.eval()
        with torch.no_grad():
            for first in range(0, count, self.shape["batchSize"]):
                tags, pairs = self.model(self.words[: count - first])["final"]
                cells = (pairs > 0).nonzero()
                tags.argmax(-1).tolist(), cells.tolist()

    def answer(self, request):
        milliseconds = []
        acts = [self.step] * request["count"] if request["task"] == "step" else [lambda: self.extract(request["count"])]
        for act in acts:
            started = time.perf_counter()
            act()  # ends with a value that was read, so a card is waited for
            milliseconds.append((time.perf_counter() - started) * 1000)
        return {"milliseconds": milliseconds, "peakMb": peak_mb()}


def peak_mb():
    """Peak resident memory of this process; None where the system does not tell."""
    if resource is None:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1024 / 1024 if sys.platform == "darwin" else peak / 1024


def describe(device, threads):
    if device == "cuda":
        return torch.cuda.get_device_name()
    return f"{torch.backends.cpu.get_cpu_capability()}, {threads} thread{'' if threads == '1' else 's'}"


def tell(value):
    print(json.dumps(value), flush=True)


def main(workload, formulation, device, threads):
    torch.set_num_threads(int(threads))
    peer = Peer(json.loads(workload), formulation, device)
    tell({"device": f"PyTorch {torch.__version__}, {describe(device, threads)}"})
    for line in sys.stdin:
        tell(peer.answer(json.loads(line)))


if __name__ == "__main__":
    main(*sys.argv[1:])
