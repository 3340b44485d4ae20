#include "app/gallery/gallery.h"
#include "ui/figures/figures.h"
#include "ui/ui.h"

namespace terrarium::app::gallery {
namespace {

constexpr std::string_view kBlocks = R"(A paragraph with **bold**, *italic*, `code`, a [[loss|glossary term]], a formula
$p(x_t | x_{<t})$ in its line, and a [link](https://example.org/page).

- A point of a list.
- A longer point, which runs on until it has to break and shows that its second line begins below its first.
    - A point inside a point, with $\frac{1}{2}$.

1. First step.
2. Second step.

> A quotation stands aside, for what may be skipped.

```
for token in text:
    guess, look, learn
```

| Method | Looks at |
|---|---|
| unigram | nothing |
| bigram | one token |)";

constexpr std::string_view kFormulas[] = {
    R"($$L = -\frac{1}{T} \sum_{t=1}^{T} \log p(x_t | x_{<t})$$)",
    R"($$\text{attention} = \softmax(\frac{Q K^T}{\sqrt{d}}) V$$)",
    R"($$\theta \to \theta - \eta \nabla L(\theta), \eta \approx 10^{-3}$$)",
    R"($$\sigma = \sqrt{\frac{1}{n} \sum_i (x_i - \mu)^2} \le \epsilon \cdot [\max_i x_i]$$)",
    R"($$\frac{a}{b$$)",
};

struct Prose final : Section {
    void draw() override {
        const ui::Card card("gallery.prose", "Prose");
        ui::heading("gallery.prose.title", 2, "Prose");
        ui::prose("gallery.prose.blocks", kBlocks);
        int number = 0;
        for (const std::string_view formula : kFormulas) {
            ui::prose("gallery.prose.formula." + std::to_string(number++), formula);
        }
        for (const ui::FigureEntry& figure : ui::all_figures()) {
            ui::figure("gallery.prose.figure." + std::string(figure.id), figure.id, {},
                       "The caption says what to look for.");
        }
        ui::figure("gallery.prose.figure.long", "causal_mask",
                   {{"tokens", {"unbelievably", "long", "words", "everywhere", "here", "too"}}}, "");
    }
};

}  // namespace

std::unique_ptr<Section> make_prose() { return std::make_unique<Prose>(); }

}  // namespace terrarium::app::gallery
