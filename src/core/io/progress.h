// What a learner has done so far, as it is kept in the browser, exported and imported. Plain structs; the codec, the
// merge and the migrations stand beside them.
//
// Everything here only grows: flags become true, counts and scores go up, maps gain entries. So two records of the same
// learner (two tabs, an import, a course platform's copy) are merged by union and maximum, in any order.

#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/io/passport.h"

namespace terrarium::core::io {

/// One prediction, made before the run.
struct Prediction {
    std::string answer;       ///< as JSON text: "\"much\"", "300", "[2,0,1]"
    double probability = -1;  ///< how sure the learner was, 0..1; -1: was not asked
    double score = -1;        ///< 0..1, how well the outcome agreed; -1: the outcome is not known yet
    std::string outcome;      ///< the sentence that compared them
    bool operator==(const Prediction&) const = default;
};

/// One question of a quiz.
struct AnsweredItem {
    int64_t tries = 0;
    double best_share = 0;  ///< 0..1
    bool operator==(const AnsweredItem&) const = default;
};

struct LabProgress {
    bool is_opened = false, is_predicted = false, is_run = false, is_passed = false;
    int64_t hints_shown = 0;
    std::string result_code;                        ///< of the passed challenge
    std::map<std::string, Prediction> predictions;  ///< by question id
    std::map<std::string, AnsweredItem> items;      ///< by item id
    bool operator==(const LabProgress&) const = default;
};

/// What the learner set for the whole course. The higher revision wins; nothing is lost by that.
struct Settings {
    int64_t revision = 0;             ///< grows by one with every change (the app counts); no clock decides
    std::string theme = "system";     ///< system | light | dark
    std::string contrast = "system";  ///< system | more
    std::string motion = "system";    ///< system | reduced
    std::string language;             ///< "": the browser's
    double text_scale = 1;            ///< 0.8 to 2
    bool turbo = false;               ///< trains with the fast module, which proves nothing
    bool operator==(const Settings&) const = default;
};

struct Progress {
    std::map<std::string, LabProgress> labs;  ///< by lab id; ids that this version does not know are kept
    Settings settings;
    std::vector<PassportStep> passport;  ///< by order
    bool operator==(const Progress&) const = default;
};

}  // namespace terrarium::core::io
