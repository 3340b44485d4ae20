#!/usr/bin/env python3
"""Writes the golden files of the progress record, schema 1, from Python's own JSON, CRC-32 and SHA-256.

v1.hex: the record as in the browser's database, in hexadecimal. v1-export.json: the same progress as an exported file.
Never change them: they are what learners of that version have in their browsers. A new schema gets files of its own.
"""
import hashlib, json, pathlib, struct, zlib

here = pathlib.Path(__file__).parent
progress = {
    "labs": {
        "m2.pretraining": {
            "is_opened": True, "is_predicted": True, "is_run": True, "is_passed": True, "hints_shown": 2,
            "result_code": "T1-abc-0123456789ab",
            "predictions": {"beats_bigram": {"answer": "\"much\"", "probability": 0.75, "score": 1.0,
                                             "outcome": "“Much” it was: 0.31 nats."},
                            "step": {"answer": "300", "probability": -1.0, "score": -1.0, "outcome": ""}},
            "items": {"q1": {"tries": 3, "best_share": 0.5}},
        },
        "m9.of_another_version": {
            "is_opened": True, "is_predicted": False, "is_run": False, "is_passed": False, "hints_shown": 0,
            "result_code": "", "predictions": {}, "items": {},
        },
    },
    "settings": {"revision": 4, "theme": "dark", "contrast": "more", "motion": "system", "language": "de",
                 "text_scale": 1.2},
    "passport": [{
        "order": 1, "lab": "m2.pretraining", "title": "A transformer learns to read", "build_id": "0123abcd",
        "outcome": "done", "n_steps": 1500, "config": {"n_layers": "2", "text": "\"corpus:harbour\""},
        "data": [{"name": "corpus:harbour", "words": "Stories of a harbour", "n_bytes": 120000, "sha256": "ab" * 32}],
        "artefacts": [{"name": "model", "words": "A transformer with 28,000 parameters", "n_bytes": 112000, "sha256": ""}],
        "metrics": [{"id": "valid_loss_nats", "words": "Validation loss", "unit": "nats per token", "value": 1.625}],
        "evidence": "00ff",
    }],
}


def compact(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


payload = compact(progress)
frame = b"TERRAPRG" + struct.pack("<IIQ", 1, len(payload), 7) + b"golden writer".ljust(16) + payload
record = frame + struct.pack("<I", zlib.crc32(frame))
digits = record.hex()
(here / "v1.hex").write_text("\n".join(digits[i:i + 120] for i in range(0, len(digits), 120)) + "\n")
export = {"format": "Terrarium progress", "schema": 1, "build": "0123abcd",
          "sha256": hashlib.sha256(payload).hexdigest(), "progress": progress}
(here / "v1-export.json").write_text(json.dumps(export, sort_keys=True, indent=2, ensure_ascii=False) + "\n")
