"""Learning which causes a narrative speaks of, from the narratives people have already coded.

Words (1-2-grams) and pieces of words (3-5 letters), weighted by TF-IDF, and one logistic regression
a cause (methods.md 3.4).  A cause earns the right to be suggested: only if the model ranks unseen
narratives well enough on the house's own coding, five-fold, may its suggestions be shown.

A few hundred narratives have tens of thousands of features.  A ridge-penalised regression depends
on them only through the narratives' products with one another, so it is fitted in as many
dimensions as there are narratives.  The answer is the same, and it comes ten times as fast.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, sqrt
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from trackrecord.errors import EvidenceError, NotEnoughHistory
from trackrecord.intervals import LEVEL, normal_quantile

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.int64]

FOLDS: Final = 5
FEWEST_CODED: Final = 10  # narratives with a cause, and without it: two of each in every fold
LOWEST_AUC: Final = 0.65  # what the lower limit must exceed
ABSTAIN_BELOW: Final = 0.5
PENALTY: Final = 10.0  # C of the regression


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """How well a cause is told apart in narratives the model has not seen.

    auc: mean area under the ROC curve over the folds; low, high: its interval by DeLong's variance.
    average_precision: mean over the folds.  carrying, n: coded narratives with it, and in all.
    """

    auc: float
    low: float
    high: float
    level: float
    average_precision: float
    carrying: int
    n: int

    @property
    def passed(self) -> bool:
        """Whether the model's suggestions of this cause may be shown."""
        return self.low > LOWEST_AUC


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """What was learnt.  gates: by cause, for every cause that had enough coded narratives."""

    gates: Mapping[str, Gate]
    _features: _Features
    _learnt: Mapping[str, _Learnt]

    def probabilities(self, text: str) -> dict[str, float]:
        """The calibrated probability of each cause that passed its gate, by name."""
        row = self._features.of(text)
        return {
            cause: learnt.probability(float(row @ learnt.weights + learnt.offset))
            for cause, learnt in sorted(self._learnt.items())
            if self.gates[cause].passed
        }

    def terms(self, text: str, cause: str, *, most: int = 5) -> tuple[str, ...]:
        """The words of the text that speak most for the cause, the strongest first."""
        row = self._features.of(text)
        weights = self._learnt[cause].weights
        words = {
            self._features.names[place]: float(row[place] * weights[place])
            for place in np.flatnonzero(row[: len(self._features.names)])
        }
        speaking = sorted((word for word in words if words[word] > 0), key=lambda w: (-words[w], w))
        return tuple(speaking[:most])


def learn(texts: Sequence[str], causes: Sequence[Collection[str]], *, seed: int = 0) -> TextModel:
    """A model of every cause that at least ten narratives carry and at least ten do not.

    texts: coded narratives; causes: of each, the causes people gave it.  seed: for the folds.
    Raises NotEnoughHistory where no cause has ten of each: then only keywords can suggest.
    """
    carrying = _often_enough(texts, causes)
    features = _Features.of_all(texts)
    everyone = np.arange(len(texts))
    rows, products = features.weighted(everyone)
    judged = {cause: _cross_validated(features, flags, seed) for cause, flags in carrying.items()}
    learnt = {}
    for cause, (gate, scores) in judged.items():
        if gate.passed:
            fit = _fit(products, carrying[cause])
            slope, intercept = _calibration(scores, carrying[cause])
            learnt[cause] = _Learnt(rows.T @ fit.duals, fit.offset, slope, intercept)
    gates = {cause: gate for cause, (gate, _) in judged.items()}
    return TextModel(gates, features.settled_on(everyone), learnt)


def gates(
    texts: Sequence[str], causes: Sequence[Collection[str]], *, seed: int = 0
) -> dict[str, Gate]:
    """How well each cause is told apart, five-fold and stratified, without keeping a model.

    Arguments and errors as for `learn`.
    """
    carrying = _often_enough(texts, causes)
    features = _Features.of_all(texts)
    return {cause: _cross_validated(features, flags, seed)[0] for cause, flags in carrying.items()}


def _often_enough(texts: Sequence[str], causes: Sequence[Collection[str]]) -> dict[str, Flags]:
    """Which narratives carry each cause, for the causes that enough of them do and do not carry."""
    if len(texts) != len(causes):
        raise EvidenceError(
            f"{len(texts)} narratives but causes of {len(causes)}. Give one for each."
        )
    carrying = {
        cause: np.array([cause in given for given in causes], dtype=bool)
        for cause in sorted({cause for given in causes for cause in given})
    }
    enough = {
        cause: flags
        for cause, flags in carrying.items()
        if min(flags.sum(), (~flags).sum()) >= FEWEST_CODED
    }
    if not enough:
        raise NotEnoughHistory(
            measure="Learning a cause from narratives", n=len(texts), needed=2 * FEWEST_CODED
        )
    return enough


@dataclass(frozen=True, slots=True, eq=False)
class _Learnt:
    """One cause's weights over the features, and the calibration of its score."""

    weights: Floats
    offset: float
    slope: float
    intercept: float

    def probability(self, score: float) -> float:
        return 1 / (1 + exp(-max(-500.0, min(500.0, self.slope * score + self.intercept))))


@dataclass(frozen=True, slots=True, eq=False)
class _Fit:
    duals: Floats  # one a narrative; the weights are their sum over the narratives' rows
    offset: float


@dataclass(frozen=True, slots=True, eq=False)
class _Block:
    """One kind of feature: sublinear term frequencies of all narratives, columns by name."""

    counter: Any  # sklearn CountVectorizer, fitted
    frequencies: Any  # scipy CSR, narratives x terms
    fewest: int  # narratives a term must stand in to be used

    @classmethod
    def of(
        cls, texts: Sequence[str], *, analyzer: str, lengths: tuple[int, int], fewest: int
    ) -> _Block:
        from sklearn.feature_extraction.text import CountVectorizer

        counter = CountVectorizer(analyzer=analyzer, ngram_range=lengths, dtype=np.float64)
        return cls(counter, _sublinear(counter.fit_transform(texts)), fewest)

    def rarity(self, among: Places) -> Floats:
        """The inverse document frequency of each term among some narratives; 0 where too rare."""
        chosen = self.frequencies[among]
        found = np.bincount(chosen.indices, minlength=chosen.shape[1])
        weight = np.log((1 + among.size) / (1 + found)) + 1
        weight[found < self.fewest] = 0
        return np.asarray(weight)


def _sublinear(counts: Any) -> Any:
    counts.data = 1 + np.log(counts.data)
    return counts


def _unit_rows(frequencies: Any, rarity: Floats) -> Any:
    weighted = frequencies.copy()
    weighted.data = weighted.data * rarity[weighted.indices]
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    length[length == 0] = 1
    weighted.data /= np.repeat(length, np.diff(weighted.indptr))
    return weighted


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    """The words, then the pieces of words, of a set of narratives."""

    blocks: tuple[_Block, ...]
    names: tuple[str, ...]  # of the words; the pieces have no name fit to be shown
    rarities: tuple[Floats, ...] = field(default=())

    @classmethod
    def of_all(cls, texts: Sequence[str]) -> _Features:
        words = _Block.of(texts, analyzer="word", lengths=(1, 2), fewest=1)
        pieces = _Block.of(texts, analyzer="char_wb", lengths=(3, 5), fewest=2)
        return cls((words, pieces), tuple(words.counter.get_feature_names_out()))

    def settled_on(self, among: Places) -> _Features:
        """These features with their rarities fixed, fit to weigh narratives not seen before."""
        rarities = tuple(block.rarity(among) for block in self.blocks)
        return _Features(self.blocks, self.names, rarities)

    def weighted(self, among: Places) -> tuple[Any, Floats]:
        """All narratives weighed by what is rare among some, and their products with those."""
        from scipy.sparse import hstack

        rows = hstack(
            [_unit_rows(block.frequencies, block.rarity(among)) for block in self.blocks],
            format="csr",
        )
        return rows, (rows @ rows[among].T).toarray()

    def of(self, text: str) -> Floats:
        rows = [
            _unit_rows(_sublinear(block.counter.transform([text])), rarity).toarray()[0]
            for block, rarity in zip(self.blocks, self.rarities, strict=True)
        ]
        return np.concatenate(rows)


def _fit(products: Floats, flags: Flags) -> _Fit:
    from sklearn.linear_model import LogisticRegression

    values, vectors = np.linalg.eigh(products)
    kept = values > values[-1] * 1e-12
    scale = np.sqrt(values[kept])
    regression = LogisticRegression(C=PENALTY, class_weight="balanced", max_iter=2000)
    regression.fit(vectors[:, kept] * scale, flags)
    duals = vectors[:, kept] @ (regression.coef_[0] / scale)
    return _Fit(duals, float(regression.intercept_[0]))


def _cross_validated(features: _Features, flags: Flags, seed: int) -> tuple[Gate, Floats]:
    """The gate of one cause, and every narrative's score by the model that had not seen it."""
    from sklearn.metrics import average_precision_score
    from sklearn.model_selection import StratifiedKFold

    scores = np.zeros(flags.size)
    areas, variances, precisions = [], [], []
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    for known, unseen in folds.split(np.zeros(flags.size), flags):
        _, products = features.weighted(known)
        fit = _fit(products[known], flags[known])
        scores[unseen] = products[unseen] @ fit.duals + fit.offset
        area, variance = _area_under_roc(
            scores[unseen][flags[unseen]], scores[unseen][~flags[unseen]]
        )
        areas.append(area)
        variances.append(variance)
        precisions.append(average_precision_score(flags[unseen], scores[unseen]))
    auc, half = float(np.mean(areas)), normal_quantile(LEVEL) * sqrt(sum(variances)) / FOLDS
    judged = Gate(
        auc=auc,
        low=max(0.0, auc - half),
        high=min(1.0, auc + half),
        level=LEVEL,
        average_precision=float(np.mean(precisions)),
        carrying=int(flags.sum()),
        n=flags.size,
    )
    return judged, scores


def _area_under_roc(carrying: Floats, others: Floats) -> tuple[float, float]:
    """The chance that one with the cause scores above one without, and DeLong's variance of it.

    Source: DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44:837.
    """
    above = (carrying[:, None] > others) + 0.5 * (carrying[:, None] == others)
    by_carrying, by_others = above.mean(axis=1), above.mean(axis=0)
    variance = by_carrying.var(ddof=1) / carrying.size + by_others.var(ddof=1) / others.size
    return float(above.mean()), float(variance)


def _calibration(scores: Floats, flags: Flags) -> tuple[float, float]:
    """Slope and intercept that turn unseen scores into probabilities (Platt 1999)."""
    from sklearn.linear_model import LogisticRegression

    line = LogisticRegression(C=1e6).fit(scores[:, None], flags)
    return float(line.coef_[0, 0]), float(line.intercept_[0])
