# cmake -DROOT=DIR -DOUT=FILE "-DFILES=a;b" -P embed.cmake: writes a source file that holds the texts of these files, so
# that a lesson can show the code that was compiled.
set(table "")
foreach(file IN LISTS FILES)
  file(READ ${ROOT}/${file} text)
  string(APPEND table "    {\"${file}\", R\"~~~~(${text})~~~~\"},\n")
endforeach()
file(WRITE ${OUT}.new "#include \"engine/lesson/code.hpp\"

namespace glass::lesson {
namespace {

struct BuiltIn {
  const char *file, *text;
};

constexpr BuiltIn kFiles[] = {
${table}};

}  // namespace

const char* built_in_file(const std::string& file) {
  for (const BuiltIn& each : kFiles) {
    if (file == each.file) return each.text;
  }
  return nullptr;
}

}  // namespace glass::lesson
")
file(COPY_FILE ${OUT}.new ${OUT} ONLY_IF_DIFFERENT)
file(REMOVE ${OUT}.new)
