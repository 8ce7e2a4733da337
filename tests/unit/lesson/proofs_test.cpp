#include "engine/lesson/proofs.hpp"

#include <array>

#include "tests/support/catch.hpp"
#include "tests/unit/lesson/broken.hpp"
#include "tests/unit/lesson/sessions.hpp"

using namespace glass;
using lesson::Measured;
using lesson::Session;
namespace broken = test::broken;

namespace {

/// A claim, the bound that its lesson states, and what must break it.
struct Claim {
  const char* name;
  Measured (*measure)(const Session&, const Experiment&);
  double bound;
  void (*breaks)(Experiment&);
};

using namespace lesson::proof;

constexpr std::array kClaims = {
    Claim{"text_comes_back", text_comes_back, 0, broken::segmenter},
    Claim{"order_is_unseen_without_positions", order_is_unseen_without_positions, 1e-12, broken::padding},
    Claim{"interleaved_is_a_permutation", interleaved_is_a_permutation, 1e-12, broken::positions},
    Claim{"one_projection_cut_is_many", one_projection_cut_is_many, 1e-12, broken::heads},
    Claim{"head_is_a_range_of_columns", head_is_a_range_of_columns, 0, broken::heads},
    Claim{"scaled_query_scales_scores", scaled_query_scales_scores, 1e-12, broken::scale},
    Claim{"variance_is_d_k", variance_is_d_k, 0.05, broken::scale},
    Claim{"key_bias_is_unseen", key_bias_is_unseen, 1e-12, broken::softmax_axis},
    Claim{"padding_changes_nothing", padding_changes_nothing, 1e-9, broken::mask},
    Claim{"large_negative_is_minus_inf", large_negative_is_minus_inf, 0, broken::weak_mask},
    Claim{"future_is_not_read", future_is_not_read, 1e-12, broken::causal},
    Claim{"rows_sum_to_one", rows_sum_to_one, 1e-12, broken::softmax_axis},
    Claim{"maximum_changes_nothing", maximum_changes_nothing, 1e-12, broken::softmax_base},
    Claim{"maximum_prevents_overflow", maximum_prevents_overflow, 1e-12, broken::softmax_plain},
    Claim{"one_function_serves_both", one_function_serves_both, 0, broken::cross_attention},
    Claim{"context_lies_between_values", context_lies_between_values, 1e-12, broken::softmax_double},
    Claim{"output_is_a_sum_over_heads", output_is_a_sum_over_heads, 1e-12, broken::joined_heads},
    Claim{"norm_has_mean_zero", norm_has_mean_zero, 1e-12, broken::norm_mean},
    Claim{"epsilon_inside_the_root", epsilon_inside_the_root, 1e-9, broken::norm_epsilon},
    Claim{"row_by_row_is_all_at_once", row_by_row_is_all_at_once, 1e-12, broken::feed_forward},
    Claim{"source_is_not_read_before", source_is_not_read_before, 0, broken::early_source},
    Claim{"key_and_value_change_first", key_and_value_change_first, 0, broken::cross_attention},
    Claim{"rows_stay_as_target_grows", rows_stay_as_target_grows, 1e-12, broken::causal},
    Claim{"history_ends_in_this_model", history_ends_in_this_model, 1e-5, broken::scale},
    Claim{"probabilities_sum_to_one", probabilities_sum_to_one, 1e-12, broken::log_softmax_axis},
    Claim{"teacher_forcing_is_generation", teacher_forcing_is_generation, 1e-9, broken::causal},
    Claim{"beam_one_is_greedy", beam_one_is_greedy, 0, broken::choice},
};

/// Every claim holds for the session, but for some that do not apply to it.
void check_all(const Session& session, const std::string& not_applying = "") {
  std::string silent;
  for (const Claim& claim : kClaims) {
    INFO(claim.name << " of \"" << session.text() << "\"");
    const Measured measured = claim.measure(session, {});
    CHECK(measured.value <= claim.bound);
    if (!measured.not_here.empty()) silent += std::string(claim.name) + " ";
  }
  CHECK(silent == not_applying);
}

}  // namespace

TEST_CASE("proofs: every claim holds for the course's sentence", "[lesson][proofs]") {
  check_all(test::course_session());
}

TEST_CASE("proofs: every claim but the history holds for other sentences", "[lesson][proofs]") {
  for (const char* text : {"The cat is sleeping on the table.", "Thanks", "Is it far?\tNo, it isn't:  a mile!"}) {
    const std::string tabbed = std::string(text).find('\t') == std::string::npos ? "" : "text_comes_back ";
    check_all(test::session_on(text), tabbed + "history_ends_in_this_model ");
  }
  check_all(test::session_on("日本 🙂 means Japan.", "Oui"), "text_comes_back history_ends_in_this_model ");
  check_all(test::session_on(lesson::kCourseText, "Oui"), "history_ends_in_this_model ");
}

TEST_CASE("proofs: every claim that applies holds for models of other shapes", "[lesson][proofs]") {
  check_all(test::foreign_session("Is it far?", "Oui"), "epsilon_inside_the_root history_ends_in_this_model ");
  check_all(test::reshaped_session("Is it far?", "Oui"),
            "interleaved_is_a_permutation epsilon_inside_the_root history_ends_in_this_model ");
}

TEST_CASE("proofs: every claim is broken by a mistake", "[lesson][proofs]") {
  for (const Claim& claim : kClaims) {
    INFO(claim.name);
    Experiment experiment;
    claim.breaks(experiment);
    CHECK_FALSE(claim.measure(test::course_session(), experiment).value <= claim.bound);
  }
}

TEST_CASE("proofs: a number that is none is no proof", "[lesson][proofs]") {
  Experiment experiment;
  experiment.stages.softmax = [](const Mat& x) { return Mat(arma::size(x), arma::fill::value(arma::datum::nan)); };
  for (const auto& measure : {rows_sum_to_one, maximum_changes_nothing, maximum_prevents_overflow,
                              context_lies_between_values, padding_changes_nothing}) {
    CHECK_FALSE(measure(test::course_session(), experiment).value <= 1e9);
  }
}

TEST_CASE("proofs: what does not apply says why", "[lesson][proofs]") {
  CHECK(text_comes_back(test::session_on("日本"), {}).not_here ==
        "it has characters that the vocabulary does not know");
  CHECK(history_ends_in_this_model(test::session_on("Thanks"), {}).not_here ==
        "the training was watched on the course's own sentence");
  CHECK(epsilon_inside_the_root(test::foreign_session("Is it far?", "Oui"), {}).not_here ==
        "the golden *flat-row* is of another model");
}
