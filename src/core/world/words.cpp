#include "core/world/words.h"

namespace terrarium::core::world {

const std::string_view kSheNames =
    "Mira\nTessa\nOrla\nWenna\nBrisa\nKetta\nHalda\nLunet\nImke\nDovie\nAnsa\nPetra\nNell\nRuna\nFenja\nTilda\nEbba\n"
    "Greta\nSunniva\nHedda\nMaren\nLiska\nYoveta\nCarlin";
const std::string_view kHeNames =
    "Tam\nJoren\nOdd\nBram\nCorwin\nHask\nPell\nRufus\nEdrik\nNils\nGarrick\nLoke\nSten\nArlo\nDorn\nUlf\nFinn\n"
    "Kester\nMads\nViggo\nAnders\nIvo\nRask\nTorben";
const std::string_view kSurnames =
    "Tolland\nMarrow\nQuill\nSandrey\nHobbs\nLunt\nVarrick\nThorne\nEddow\nBrack\nPellam\nSorby\nWake\nCulver\nDrift\n"
    "Hearn\nMaddock\nOstler\nRudd\nSkerry\nTarn\nUlvey\nWinter\nYarrow";
const std::string_view kPlaceNames =
    "Gull Quay\nTarn Street\nOld Mole\nLantern Hill\nSalt Market\nBell Square\nEel Lane\nRope Row\nMussel Steps\n"
    "North Pier\nKiln Yard\nWillow Bridge\nCustom House\nTide Alley\nHerring Dock\nCrane Corner\nMill Island\n"
    "Anchor Green\nFog Gate\nWharf End";
const std::string_view kTrades =
    "baker|bakehouse|oven|bakes bread\n"
    "boatwright|slipway|adze|builds boats\n"
    "cooper|barrel yard|hoop|makes barrels\n"
    "dyer|dye house|vat|dyes wool\n"
    "fisher|fish steps|net|lands herring\n"
    "joiner|timber shed|plane|joins planks\n"
    "mason|stone yard|chisel|cuts stone\n"
    "miller|tide mill|sluice|grinds barley\n"
    "pilot|watch tower|chart|guides ships\n"
    "potter|clay pit|wheel|throws jars\n"
    "sailmaker|sail loft|awl|sews sails\n"
    "smith|forge|anvil|forges anchors";
const std::string_view kProducts =
    "rye bread|loaf\nsmoked eel|piece\nlamp oil|jug\nsail cloth|bolt\nbarley beer|keg\ntwisted rope|coil\n"
    "oak planks|stack\nsea salt|sack\ndried apples|box\nroof slate|load\n"
    "honey cake|slice\nsalted herring|barrel";
const std::string_view kServices =
    "ferry|FERRY\nharbour crane|CRANE\nnight post|POST\nbeacon boat|BEACON\ncold store|COLD\npilot boat|PILOT\n"
    "tide gauge|GAUGE\ncustoms desk|DESK";
const std::string_view kPolicies =
    "returned goods\nlost luggage\na berth booking\na ferry refund\ncold storage\na crane permit\na damaged crate\n"
    "a late delivery";
const std::string_view kAnimals =
    "a grey goose\na lame mule\na one-eyed cat\na tame otter\na black hen\nan old hound\na white goat\na deaf parrot";
const std::string_view kTicketStates = "open\nin progress\nwaiting for an answer\nclosed";

std::vector<std::string_view> split_list(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    for (;;) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

}  // namespace terrarium::core::world
