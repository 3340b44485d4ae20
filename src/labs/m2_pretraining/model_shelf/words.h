// What the things of the shelf are called on the page.

#pragma once

#include <string>

#include "labs/m2_pretraining/model_shelf/lab.h"

namespace terrarium::labs::model_shelf {

std::string card_name(const std::string& id);
std::string card_about(const std::string& id);
std::string licence_name(Licence licence);
std::string task_name(const std::string& task);
std::string need_name(const std::string& id);
std::string need_about(const std::string& id);
/// 12,345 -> "12.3 kB", as people say it.
std::string memory_words(int64_t bytes);
/// "fits, and nothing beats it", "breaks: licence, memory", "fits, but ... is better".
std::string judgement(const Snapshot& snapshot, const Need& need, const Card& card);

}  // namespace terrarium::labs::model_shelf
