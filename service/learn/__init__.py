"""The school: corpora, training, calibration, evaluation. Nothing here is needed to serve."""
