#include "labs/m2_pretraining/model_shelf/words.h"
#include "ui/messages.h"
#include "ui/ui.h"

namespace terrarium::labs::model_shelf {

using ui::number;
using ui::tr;

namespace {

struct Words {
    const char* id;
    const char* name;
    const char* about;
};

constexpr Words kCards[] = {
    {"dice", core::tr_later("The dice"),
     core::tr_later("knows nothing and gives every letter the same chance. The floor that all others must beat.")},
    {"pairs", core::tr_later("Pair counter"),
     core::tr_later("has counted which letter follows which. It looks one letter back.")},
    {"threes", core::tr_later("Triple counter"),
     core::tr_later("has counted what follows each pair of letters. It answers fast and holds many rows.")},
    {"scribe_s", core::tr_later("Small scribe"),
     core::tr_later("a transformer with one layer of width 16 that sees 16 letters.")},
    {"scribe_m", core::tr_later("Medium scribe"),
     core::tr_later("a transformer with two layers of width 32 that sees 32 letters.")},
    {"scribe_m8", core::tr_later("Medium scribe, 8 bits"),
     core::tr_later(
         "the same weights, stored as whole numbers of 8 bits. It answers with these. Its licence is that of "
         "the model it was made from.")},
    {"scribe_l", core::tr_later("Large scribe"),
     core::tr_later("a transformer with two layers of width 48 that sees 32 letters.")},
    {"habit", core::tr_later("Creature of habit"),
     core::tr_later("always gives the same answer. The floor for this kind of question.")},
    {"letters", core::tr_later("Letter weigher"),
     core::tr_later("logistic regression on 31 shares: how much of a line is “a”, how much is digits, and so on.")},
    {"three_pairs", core::tr_later("Three pair counters"),
     core::tr_later("one pair counter for each book; the least surprised one answers.")},
    {"stamps", core::tr_later("Twelve stamps"),
     core::tr_later("k-means: twelve typical pictures, found without labels and named afterwards.")},
    {"points", core::tr_later("Point weigher"), core::tr_later("logistic regression on the 144 points of a picture.")},
    {"net", core::tr_later("Little net"), core::tr_later("a network with one hidden layer of 24 numbers.")},
};

constexpr Words kNeeds[] = {
    {"ticket_machine", core::tr_later("Ticket machine"),
     core::tr_later("The ferry company sells tickets at an old machine. It should suggest the next letter of the "
                    "passenger's destination.")},
    {"reading_room", core::tr_later("Reading room"),
     core::tr_later("The town library helps visitors to decipher faded pages, letter by letter. It earns nothing with "
                    "that.")},
    {"pocket_diary", core::tr_later("Pocket diary"),
     core::tr_later("A club gives its members a free diary in the pocket that completes words. The little device has "
                    "not much memory.")},
    {"post_room", core::tr_later("Post room"),
     core::tr_later("A publisher sorts incoming lines by book. The answers become labels, with which it trains a model "
                    "of its own.")},
    {"gate_camera", core::tr_later("Gate camera"),
     core::tr_later("A cinema chain reads the marks on its tickets with a camera at every gate.")},
    {"school_robot", core::tr_later("School robot"),
     core::tr_later("A school builds a robot that reads marks on cards.")},
};

const Words* find(std::span<const Words> list, const std::string& id) {
    for (const Words& words : list) {
        if (id == words.id) return &words;
    }
    return nullptr;
}

}  // namespace

std::string card_name(const std::string& id) {
    const Words* const words = find(kCards, id);
    return words == nullptr ? id : tr(words->name);
}

std::string card_about(const std::string& id) {
    const Words* const words = find(kCards, id);
    return words == nullptr ? "" : tr(words->about);
}

std::string need_name(const std::string& id) {
    const Words* const words = find(kNeeds, id);
    return words == nullptr ? id : tr(words->name);
}

std::string need_about(const std::string& id) {
    const Words* const words = find(kNeeds, id);
    return words == nullptr ? "" : tr(words->about);
}

std::string licence_name(Licence licence) {
    switch (licence) {
        case Licence::Free:
            return tr("any use");
        case Licence::Credit:
            return tr("any use, name the author");
        case Licence::NoTrade:
            return tr("no commercial use");
        case Licence::FewUsers:
            return tr("at most 10,000 users");
        case Licence::NoTraining:
            break;
    }
    return tr("answers may not train models");
}

std::string task_name(const std::string& task) {
    if (task == "continue") return tr("Text: the next letter");
    if (task == "sort") return tr("Text: which book?");
    return tr("Picture: which mark?");
}

std::string memory_words(int64_t bytes) {
    if (bytes < 1000) return tr("{0} B", {std::to_string(bytes)});
    const double kb = static_cast<double>(bytes) / 1000;
    return tr("{0} kB", {number(kb, kb < 100 ? 1 : 0)});
}

std::string judgement(const Snapshot& snapshot, const Need& need, const Card& card) {
    const Misfit m = misfit(card, need);
    if (!m.any()) {
        const Card* const better = dominating(snapshot, need, card);
        return better == nullptr ? tr("fits, and no other is plainly better")
                                 : tr("fits, but {0} is plainly better", {card_name(better->id)});
    }
    std::string limits;
    const auto add = [&](bool is_broken, const std::string& name) {
        if (is_broken) limits += (limits.empty() ? "" : ", ") + name;
    };
    add(m.task, tr("kind of question"));
    if (!m.task) {
        add(m.licence, tr("licence"));
        add(m.memory, tr("memory"));
        add(m.latency, tr("time"));
        add(m.accuracy, tr("right answers"));
    }
    return tr("does not fit: {0}", {limits});
}

}  // namespace terrarium::labs::model_shelf
