// A small lab file in the form of content/schema/lab.schema.json, for the tests of the readers: about 4 kB, with every
// kind of value, accents, escapes and nesting. Not a lesson.

#pragma once

#include <string_view>

namespace terrarium::core::io {

inline constexpr std::string_view kSampleLab = R"json({
  "$schema": "../schema/lab.schema.json",
  "schema": 1,
  "id": "m2.sample",
  "title": "A sample learns to read",
  "subtitle": "Nothing but a file for tests",
  "module": "m2",
  "idea": "A door that is tried with every broken key is a door one can trust.",
  "minutes": 25,
  "defaults": {
    "corpus": "lighthouse", "layers": 2, "width": 32, "heads": 4, "context": 32,
    "learning_rate": 0.003, "weight_decay": 1e-2, "warmup_fraction": 0.05, "batch": 16, "steps": 600, "seed": 7,
    "token_shift": true, "note": null, "sizes": [16, 32, [64, 128]]
  },
  "limits": {
    "layers": { "min": 1, "max": 6, "step": 1 },
    "width": { "min": 8, "max": 128, "step": 8 },
    "learning_rate": { "min": 0.00001, "max": 10 }
  },
  "corpora": [
    { "id": "lighthouse", "title": "The lighthouse", "file": "corpora/lighthouse.txt", "about": "A story of 60 kB." },
    { "id": "cafe", "title": "Le caf\u00e9 \ud83d\ude00", "file": "corpora/cafe.txt", "about": "Élan, naïve, Straße — \"quoted\"." }
  ],
  "steps": {
    "predict": {
      "text": ["Before you train: what do you expect?", "Write it down; **nobody** is graded for guessing."],
      "questions": [
        { "id": "beats_bigram", "kind": "choice", "text": "Will the model beat the bigram line?",
          "options": [ { "id": "yes", "text": "Yes" }, { "id": "no", "text": "No, never" } ] },
        { "id": "after_steps", "kind": "number", "text": "After how many steps?", "min": 1, "max": 2000,
          "unit": "steps", "default": 200 }
      ]
    },
    "run": { "text": ["Press *Train* and watch the curve.", "A line\nbreak and a tab\tinside a text, a slash \/ too."] },
    "explain": [
      { "title": "Self-supervision", "text": ["The text itself is the teacher: the next character is the answer."] },
      { "title": "Loss", "text": ["Nats per token.", "A uniform guess over 64 characters costs ln 64 = 4.16 nats."] }
    ],
    "challenge": {
      "task": "Beat the bigram baseline by 0.3 nats within 600 steps.",
      "goal": { "min_gain_nats": 0.3, "within_steps": 600, "exact": -0.0, "large": 9007199254740991, "small": -12e-7 },
      "hints": ["Look at the learning rate.", "Half of it is enough.", "0.003 and two layers do it."],
      "conditions": [
        { "id": "gain", "text": "0.3 nats below the bigram line" },
        { "id": "budget", "text": "no more than 600 steps" }
      ]
    }
  },
  "simplified": ["Real models are wider.", "Real texts are longer; see https://example.org/a?b=c&d=%20e."],
  "terms": ["loss", "token", "self_supervision"],
  "sources": ["Vaswani et al., Attention Is All You Need (2017)", "Goodfellow, Bengio, Courville, Deep Learning (2016), 8.3"],
  "padding": ["the quick brown fox jumps over the lazy dog; 0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "{[\"}],:",
              { "": { "a/b": 1, "m~n": [true, false, null, [], {}] } },
              "a longer sentence that brings the file to the size at which its truncations number four thousand or so",
              "another one, since four kilobytes are more than one thinks: une ch\u00e8vre, ein M\u00e4dchen, a \u4e2d\u6587 word",
              [0, -1, 1.5, -2.25, 1e3, 1E-3, 123456789, 0.1, 3.141592653589793, 2.718281828459045, 6.02214076e23],
              ["nested", ["deeper", ["and deeper", { "still": { "deeper": [[[["here"]]]] } }]]],
              "the end of the padding, which the reader of labs does not know and therefore warns about"]
}
)json";

}  // namespace terrarium::core::io
