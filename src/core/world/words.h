// The words of the town: names of people, places, trades, goods and so on, all invented or plain.
//
// Each list is one text, rows separated by line ends and columns by bars: it costs the download little and reads like
// the table that it is.

#pragma once

#include <string_view>
#include <vector>

namespace terrarium::core::world {

extern const std::string_view kSheNames;      ///< first names, 24
extern const std::string_view kHeNames;       ///< 24
extern const std::string_view kSurnames;      ///< 24
extern const std::string_view kPlaceNames;    ///< 20
extern const std::string_view kTrades;        ///< 12 rows: trade | where | tool | what one does ("bakes bread")
extern const std::string_view kProducts;      ///< 12 rows: product | unit ("loaf")
extern const std::string_view kServices;      ///< 8 rows: service | tag in logs
extern const std::string_view kPolicies;      ///< 8
extern const std::string_view kAnimals;       ///< 8, with their article
extern const std::string_view kTicketStates;  ///< 4

/// The rows of a list, or the columns of a row. Views into the text.
[[nodiscard]] std::vector<std::string_view> split_list(std::string_view text, char separator = '\n');

}  // namespace terrarium::core::world
