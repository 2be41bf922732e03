"""Trains a scikit-learn or XGBoost classifier on rows that the benchmark wrote, and writes the class probabilities of the test rows.

peers.py --probe NAME             exit code 0 if the library is there
peers.py NAME FOLDER SEED         reads FOLDER/shape.json, train.f32, train.i32, test.f32; writes probabilities.f32; prints one JSON line
"""
import json
import sys
import time


def create(name, seed, shape):
    if name == "mlp-sklearn":
        from sklearn.neural_network import MLPClassifier
        return MLPClassifier(  # as SAL by default
            (shape["hidden"],) * shape["layers"], batch_size=shape["batch"], max_iter=shape["epochs"], learning_rate_init=1e-3,
            random_state=seed)
    if name == "histgb-sklearn":
        from sklearn.ensemble import HistGradientBoostingClassifier
        return HistGradientBoostingClassifier(random_state=seed)
    if name == "randomforest-sklearn":
        from sklearn.ensemble import RandomForestClassifier
        return RandomForestClassifier(random_state=seed)
    if name == "xgboost":
        from xgboost import XGBClassifier
        return XGBClassifier(random_state=seed)
    raise SystemExit("unknown contender " + name)


def main():
    if sys.argv[1] == "--probe":
        create(sys.argv[2], 0, {"hidden": 1, "layers": 1, "batch": 1, "epochs": 1})
        return
    import warnings
    import numpy as np
    warnings.filterwarnings("ignore")
    name, folder, seed = sys.argv[1], sys.argv[2], int(sys.argv[3])
    with open(folder + "/shape.json") as file:
        shape = json.load(file)
    x = np.fromfile(folder + "/train.f32", "<f4").reshape(-1, shape["features"])
    y = np.fromfile(folder + "/train.i32", "<i4")
    test = np.fromfile(folder + "/test.f32", "<f4").reshape(-1, shape["features"])
    if name == "mlp-sklearn":
        axis = None if shape["common"] else 0  # standardized as SAL does it
        mean, deviation = x.mean(axis), x.std(axis)
        deviation = np.where(deviation == 0, 1, deviation)
        x, test = (x - mean) / deviation, (test - mean) / deviation
    model = create(name, seed, shape)
    start = time.perf_counter()
    model.fit(x, y)
    trained = time.perf_counter()
    scores = model.predict_proba(test)
    scored = time.perf_counter()
    probabilities = np.zeros((len(test), shape["classes"]), "<f4")
    probabilities[:, model.classes_] = scores
    probabilities.tofile(folder + "/probabilities.f32")
    # XGBoost draws nothing unless it samples rows.
    draws = name == "mlp-sklearn" or name == "histgb-sklearn" and model.do_early_stopping_
    parameters = sum(w.size for w in model.coefs_ + model.intercepts_) if name == "mlp-sklearn" else None
    print(json.dumps({
        "train_seconds": trained - start,
        "score_us": (scored - trained) / len(test) * 1e6,
        "parameters": parameters,
        "depends_on_seed": bool(draws),
    }))


main()
