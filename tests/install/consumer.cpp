#include <engine/trace/matrix.hpp>

int main() { return 0; }
