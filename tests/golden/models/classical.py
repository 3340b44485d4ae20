"""Golden numbers of tests/core/models/logistic_regression_test.cpp and kmeans_test.cpp.

Prints what scikit-learn 1.2.1 with NumPy 1.24.2 finds on the points that both tests make by the same whole-number
formula. Run: python3 classical.py
Its warnings say that rounding ends the search before the wished tolerance.
"""

import numpy as np
from sklearn.cluster import KMeans
from sklearn.linear_model import LogisticRegression

N, D = 40, 3
x = np.array([[((37 * n + 11 * d * d + 5 * n * d) % 23) * 4.0 / 23.0 - 2.0 for d in range(D)] for n in range(N)])
score = x.sum(axis=1) + np.array([((13 * n) % 7 - 3) * 0.5 for n in range(N)])
three = np.where(score < -1.0, 0, np.where(score < 1.0, 1, 2))
two = (score > 0.0).astype(int)

for name, y in (("binary", two), ("multinomial", three)):
    for l2 in (0.1, 1.0, 10.0):
        model = LogisticRegression(C=1.0 / l2, solver="newton-cg", tol=1e-10, max_iter=10000, multi_class="auto")
        model.fit(x, y)
        p = model.predict_proba(x)
        weights = np.hstack([model.coef_, model.intercept_[:, None] - (0 if name == "binary" else model.intercept_.mean())])
        loss = -np.log(p[np.arange(N), y]).sum() + 0.5 * l2 * (model.coef_ ** 2).sum()
        print(name, l2, "loss %.12g" % loss, "accuracy %g" % model.score(x, y))
        print("  ", ", ".join("%.10g" % w for w in weights.ravel()))

km = KMeans(n_clusters=4, init=x[[0, 1, 2, 3]], n_init=1, max_iter=300, tol=0.0, algorithm="lloyd").fit(x)
print("kmeans inertia %.12g" % km.inertia_)
print("  centres", ", ".join("%.12g" % c for c in km.cluster_centers_.ravel()))
print("  labels", ", ".join(str(l) for l in km.labels_))
