#include "engine/lesson/tables.hpp"

#include <array>

#include "engine/lesson/runs.hpp"
#include "engine/screen/width.hpp"
#include "tests/support/catch.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using namespace glass::lesson;
using screen::Grid;

namespace {

using MakeGrid = Grid (*)(const Session&);

struct Entry {
  const char* name;
  MakeGrid grid;
};

constexpr std::array kTables = {Entry{"dot_product_by_hand", table::dot_product_by_hand},
                                Entry{"product_scheme", table::product_scheme},
                                Entry{"product_by_hand", table::product_by_hand},
                                Entry{"all_names_in_order", table::all_names_in_order},
                                Entry{"nearest_pieces", table::nearest_pieces},
                                Entry{"normalised", table::normalised},
                                Entry{"merges", table::merges},
                                Entry{"pieces_and_ids", table::pieces_and_ids},
                                Entry{"wavelengths", table::wavelengths},
                                Entry{"dot_product_variance", table::dot_product_variance},
                                Entry{"softmax_by_hand", table::softmax_by_hand},
                                Entry{"overflow", table::overflow},
                                Entry{"row_spread", table::row_spread},
                                Entry{"firing", table::firing},
                                Entry{"epsilon", table::epsilon},
                                Entry{"decoding_looks", table::decoding_looks},
                                Entry{"training_history", table::training_history},
                                Entry{"top_five", table::top_five},
                                Entry{"shift_right", table::shift_right},
                                Entry{"two_views", table::two_views},
                                Entry{"greedy_steps", table::greedy_steps},
                                Entry{"beam_tree", table::beam_tree},
                                Entry{"n_best", table::n_best}};

const Session& course() { return test::course_session(); }

std::vector<std::string> column(const Grid& grid, std::size_t j) {
  std::vector<std::string> cells;
  for (const std::vector<std::string>& row : grid.rows) cells.push_back(j < row.size() ? row[j] : "");
  return cells;
}

std::string joined(const std::vector<std::string>& cells) {
  std::string text;
  for (const std::string& cell : cells) text += cell + " ";
  return text;
}

/// Columns of the widest cells, and the gaps and the indent of a drawn table.
std::size_t width_of(const Grid& grid) {
  std::size_t total = 2;
  for (std::size_t j = 0; j < grid.headers.size(); ++j) {
    std::size_t widest = screen::width(grid.headers[j]);
    for (const std::string& cell : column(grid, j)) widest = std::max(widest, screen::width(cell));
    total += widest + (j == 0 ? 0 : 3);
  }
  return total;
}

}  // namespace

TEST_CASE("tables: every one fits 80 columns and 32 lines, whatever the sentence and the model", "[lesson][tables]") {
  const Session sentences[] = {
      test::session_on("The old man who lives next door never goes out, because he is afraid of the big black dog."),
      test::session_on("Thanks", "Merci"), test::session_on("Internationalization 日本 🙂", "Oui ?"),
      test::foreign_session("Is it far?", "Oui."), test::reshaped_session("Is it far?", "Oui.")};
  std::vector<const Session*> sessions = {&course()};
  for (const Session& session : sentences) sessions.push_back(&session);
  for (const Session* session : sessions) {
    for (const Entry& entry : kTables) {
      INFO(entry.name << " of \"" << session->text() << "\"");
      const Grid grid = entry.grid(*session);
      const bool prose = entry.grid == table::normalised || entry.grid == table::n_best ||
                         entry.grid == table::training_history || entry.grid == table::pieces_and_ids ||
                         entry.grid == table::all_names_in_order || entry.grid == table::product_by_hand;
      CHECK(grid.rows.empty() == (entry.grid == table::training_history && !session->has_golden()));
      CHECK(width_of(grid) <= (prose ? 200 : 80));
      CHECK(grid.rows.size() <= (prose ? 100 : 32));
      for (const auto& row : grid.rows) CHECK(row.size() <= grid.headers.size());
    }
  }
}

TEST_CASE("tables: the course's words look at their counterparts", "[lesson][tables]") {
  const Grid looks = table::decoding_looks(course());
  CHECK(joined(column(looks, 2)) == "Bonjour , comment vas- tu ? ");
  CHECK(joined(column(looks, 3)) == "Hello , how are you ? ");
  CHECK(column(looks, 1).front() == "<pad> ▸ ▁B");
}

TEST_CASE("tables: the history begins without a map and ends with the model's", "[lesson][tables]") {
  const Grid history = table::training_history(course()), looks = table::decoding_looks(course());
  REQUIRE(history.rows.size() == 19);
  CHECK(joined(history.headers) == "epoch Bonjour , comment vas- tu ? ");
  for (std::size_t w = 0; w < looks.rows.size(); ++w) {
    CHECK_THAT(history.rows.front()[w + 1], check::StartsWith("Hello "));
    CHECK_THAT(history.rows.back()[w + 1], check::StartsWith(looks.rows[w][3] + " "));
  }
  CHECK(table::training_history(test::session_on("Thanks", "Merci")).rows.empty());
}

TEST_CASE("tables: merges build the longest word from its characters", "[lesson][tables]") {
  const Grid merges = table::merges(course());
  CHECK(merges.rows.front().back() == "▁ H e l l o ,");
  CHECK(merges.rows.back().back() == "▁He ll o ,");
  CHECK(merges.rows.at(1)[1] == "l + l");
  const Grid cut = table::merges(test::foreign_session("Is it far?", "Oui."));
  CHECK(cut.headers.front() == "piece");
  std::string word;
  for (const std::string& piece : column(cut, 0)) word += piece;
  CHECK(word == "▁far?");
}

TEST_CASE("tables: pieces and ids are those that both sides read", "[lesson][tables]") {
  const Grid pieces = table::pieces_and_ids(course());
  std::vector<std::string> expected;
  for (const std::int64_t id : course().source_ids()) expected.push_back(std::to_string(id));
  for (const std::int64_t id : course().target_ids()) expected.push_back(std::to_string(id));
  CHECK(column(pieces, 2) == expected);
  CHECK(joined(column(table::normalised(course()), 1)) == "Hello, how are you? ▁Hello,▁how▁are▁you? ");
}

TEST_CASE("tables: the nearest pieces are like in use", "[lesson][tables]") {
  const Grid nearest = table::nearest_pieces(course());
  CHECK(joined(column(nearest, 0)) == ", ▁how ▁are ▁you ? ");
  CHECK_THAT(nearest.rows.at(1)[1], check::StartsWith("▁what 0."));
  CHECK_THAT(nearest.rows.at(2)[1], check::StartsWith("▁is 0."));
}

TEST_CASE("tables: softmax by hand comes to the recorded shares", "[lesson][tables]") {
  const Grid grid = table::softmax_by_hand(course());
  const Mat weights = recorded(course().padded().trace, "encoder.layers.0.self_attn.head.0.weights");
  REQUIRE(grid.rows.size() == weights.n_cols + 1);
  for (arma::uword j = 0; j < weights.n_cols; ++j)
    CHECK(std::stod(grid.rows[j][4]) == check::Approx(weights(0, j)).margin(6e-5));
  CHECK(grid.rows[9][0] == "<pad>");
  CHECK(grid.rows[9][1] == "-inf");
  CHECK(grid.rows.back()[4] == "1.0000");
}

TEST_CASE("tables: numbers that a formula gives", "[lesson][tables]") {
  CHECK(table::wavelengths(course()).rows.front() == std::vector<std::string>{"0", "64", "6.3"});
  const Grid variance = table::dot_product_variance(course());
  for (const auto& row : variance.rows) {
    CHECK(std::stod(row[1]) == check::Approx(std::stod(row[0])).epsilon(0.02));
    CHECK(std::stod(row[2]) == check::Approx(1).epsilon(0.02));
  }
  const Grid overflow = table::overflow(course());
  CHECK(overflow.rows.front()[1] == "inf");
  CHECK(overflow.rows.front()[2] == "nan");
  CHECK(overflow.rows.front()[5] == "0.1657");
  const Grid epsilon = table::epsilon(course());
  CHECK(std::stod(epsilon.rows[1][1]) < std::stod(epsilon.rows[2][1]) / 3);
  CHECK(epsilon.rows[1][2] == epsilon.rows[3][2]);
}

TEST_CASE("tables: the decoder reads one token late", "[lesson][tables]") {
  const Grid shifted = table::shift_right(course());
  for (std::size_t i = 0; i + 1 < shifted.rows.size(); ++i) CHECK(shifted.rows[i + 1][1] == shifted.rows[i][2]);
  CHECK(shifted.rows.back()[2] == "</s>");
}

TEST_CASE("tables: both views show the same numbers, and the most probable token leads", "[lesson][tables]") {
  const Grid views = table::two_views(course());
  CHECK(views.rows.size() == course().target_ids().size());
  CHECK(column(views, 3) == column(views, 4));
  CHECK(table::top_five(course()).rows.at(5) ==
        std::vector<std::string>{"▁comment", "▁allez 58", "▁vas 39", "▁êtes <1", "▁comme… <1", "▁va <1"});
}

TEST_CASE("tables: greedy search takes the best, and reads it next", "[lesson][tables]") {
  const Grid steps = table::greedy_steps(course());
  for (std::size_t i = 0; i < steps.rows.size(); ++i) {
    CHECK_THAT(steps.rows[i][2], check::StartsWith(steps.rows[i][5] + " "));
    if (i > 0) CHECK(steps.rows[i][1] == steps.rows[i - 1][5]);
  }
  CHECK(joined(column(steps, 5)) == "▁B on jour , ▁comment ▁allez - vous ▁? </s> ");
}

TEST_CASE("tables: the tree of beams has one best leaf, and the n best among its ends", "[lesson][tables]") {
  const Grid tree = table::beam_tree(course()), best = table::n_best(course());
  CHECK(tree.rows.front()[0] == "<pad>");
  CHECK(joined(column(best, 1)) ==
        "Bonjour, comment allez-vous ? Bonjour, comment vas-tu ? Salut, comment allez-vous ? Salut, comment vas-tu ? ");
  std::vector<std::string> ends;
  for (const std::vector<std::string>& row : tree.rows) {
    if (row[2].find("score ") != std::string::npos) ends.push_back(row[2]);
  }
  REQUIRE(ends.size() == best.rows.size());
  CHECK(ends.front() == "✓ best, score " + best.rows.front()[4]);
  CHECK_THAT(joined(column(tree, 0)), check::ContainsSubstring("├ ▁allez - vous ▁? </s>"));
  CHECK_THAT(joined(column(tree, 2)), check::ContainsSubstring("dropped"));
}

TEST_CASE("tables: the map of the course lists what it is given", "[lesson][tables]") {
  CHECK(table::course_map(course()).rows.empty());
  Lesson lesson;
  lesson.id = "04_scores";
  lesson.question = "How well?";
  lesson.needs = {"02_embed", "03_qkv"};
  const Course lessons = {&lesson};
  Topic topic = course().topic();
  topic.course = &lessons;
  CHECK(table::course_map(Session(test::shipped_model(), topic)).rows ==
        std::vector<std::vector<std::string>>{{"04_scores", "How well?", "5", "02 03"}});
}

TEST_CASE("tables: the spread of a row is its standard deviation, before and after the norm", "[lesson][tables]") {
  const Grid grid = table::row_spread(test::course_session());
  const Mat residual = recorded(test::course_session().trace(), "encoder.layers.0.self_attn.residual");
  REQUIRE(grid.rows.size() == residual.n_rows);
  const arma::rowvec first = residual.row(0);
  const double variance = arma::accu(arma::square(first - arma::accu(first) / 128.0)) / 128.0;
  CHECK(std::stod(grid.rows[0][2]) == check::Approx(std::sqrt(variance)).margin(0.006));
}

TEST_CASE("tables: what fires is above 0, largest first, and counted over the tokens", "[lesson][tables]") {
  const Grid grid = table::firing(test::course_session());
  const Matrix& activation = test::course_session().at("encoder.layers.0.feed_forward.activation");
  REQUIRE(grid.rows.size() > 1);
  double before = 1e9;
  for (const auto& row : grid.rows) {
    const std::size_t feature = std::stoul(row[0]);
    CHECK(std::stod(row[1]) == check::Approx(activation(4, feature)).margin(0.0006));
    CHECK(activation(4, feature) <= before);
    before = activation(4, feature);
    std::size_t n_tokens = 0;
    for (std::size_t i = 0; i < activation.rows; ++i) n_tokens += activation(i, feature) > 0 ? 1 : 0;
    CHECK(row[2] == std::to_string(n_tokens) + (n_tokens == 1 ? " token" : " tokens"));
  }
}
