#include "engine/lesson/history.hpp"

#include <charconv>
#include <stdexcept>

#include "engine/reference/model.hpp"
#include "engine/trace/trace_file.hpp"

namespace glass::lesson {

History read_history(const Session& session) {
  const std::filesystem::path file = session.topic().data / "model" / "history.npz";
  const Npz archive(file);
  History history;
  for (const std::string& key : archive.names()) {  // "epoch.3.decoder.layers.0.encoder_attn.head.1.weights"
    constexpr std::size_t kBefore = 6;
    std::size_t epoch = 0;
    const auto parsed = std::from_chars(key.data() + std::min(kBefore, key.size()), key.data() + key.size(), epoch);
    const std::string where = file.string() + ": " + key;
    if (!key.starts_with("epoch.") || parsed.ec != std::errc() || *parsed.ptr != '.' || epoch > archive.names().size())
      throw std::runtime_error(where + ": expected an array named epoch.NUMBER.NAME");
    const Name name = known_name(parsed.ptr + 1, session.dims(), file.string());
    if (history.epochs.size() <= epoch) history.epochs.resize(epoch + 1);
    history.epochs[epoch][name] = to_matrix(name, archive.read(key), where);
  }
  return history;
}

}  // namespace glass::lesson
