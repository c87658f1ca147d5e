#include "host/http/docs_page.hpp"

namespace wharf::http {

std::string_view docs_style() {
    return R"css(:root { color-scheme: light dark; --ink: #1c2530; --soft: #5b6877; --line: #d9dfe6;
  --paper: #ffffff; --tint: #f5f7fa; --accent: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebf1; --soft: #9aa7b5; --line: #2d3742;
  --paper: #12171d; --tint: #1a2129; --accent: #6db3f8; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; color: var(--ink);
  background: var(--paper); }
.page { display: grid; grid-template-columns: 15rem minmax(0, 1fr); max-width: 76rem;
  margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1.5rem 1rem;
  border-right: 1px solid var(--line); font-size: .9rem; }
nav a { display: block; padding: .15rem 0; }
main { padding: 1.5rem 2rem 6rem; }
h1 { font-size: 1.7rem; margin: 0 0 .25rem; }
h2 { font-size: 1.25rem; margin: 2.5rem 0 .5rem; border-bottom: 1px solid var(--line); }
h3 { font-size: .85rem; margin: 1rem 0 .3rem; color: var(--soft); font-weight: 600; }
p { margin: .3rem 0; }
a { color: var(--accent); text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
code, .path { font: .9em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
details { border: 1px solid var(--line); border-radius: 6px; margin: .5rem 0;
  background: var(--tint); }
summary { padding: .5rem .75rem; cursor: pointer; }
summary:focus-visible { outline: 2px solid var(--accent); }
.body { padding: 0 .75rem .75rem; }
.method { display: inline-block; min-width: 4.2rem; font-weight: 700; font-size: .8rem;
  color: var(--accent); }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .5rem;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
@media (max-width: 52rem) { .page { display: block; }
  nav { position: static; height: auto; border: 0; } main { padding: 1rem; } }
)css";
}

}  // namespace wharf::http
