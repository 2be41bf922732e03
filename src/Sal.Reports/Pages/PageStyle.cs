namespace Sal.Reports.Pages;

/// <summary>The style of all pages. Each color scheme names its colors once; drawings and tables refer to them by name.</summary>
internal static class PageStyle
{
    public const string Css =
        """
        :root { --page: #f7f7f5; --card: #ffffff; --ink: #1b1c1e; --soft: #5c5f66; --line: #d9dadd; --grid: #e8e9eb;
          --training: #1f6fd0; --validation: #c2570c; --bar: #1f6fd0; --dead: #c22f2f; --hit: 31 111 208; --miss: 214 84 20; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #16171a; --card: #1f2125; --ink: #eceded; --soft: #a3a7ae; --line: #3a3d43; --grid: #2d3035;
            --training: #6fb0ff; --validation: #ff9d57; --bar: #6fb0ff; --dead: #ff7b7b; --hit: 72 142 240; --miss: 240 116 52; }
        }
        * { box-sizing: border-box; }
        body { margin: 0; background: var(--page); color: var(--ink);
          font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; }
        main { max-width: 1120px; margin: 0 auto; padding: 20px 16px 48px; }
        h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; }
        h2 { font-size: 1.1rem; margin: 0 0 8px; }
        h3 { font-size: .95rem; margin: 0 0 4px; }
        p { margin: 4px 0; } .lead, .note { color: var(--soft); } .note { font-size: .87rem; }
        section { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 16px; margin-top: 16px; }
        .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(130px, 1fr)); gap: 12px; margin: 16px 0 0; }
        .figures div { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 10px 14px; }
        .figures dt { color: var(--soft); font-size: .8rem; }
        .figures dd { margin: 0; font-size: 1.35rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 20px; }
        figure { margin: 0; } figcaption { font-weight: 600; font-size: .95rem; }
        svg { display: block; width: 100%; max-width: 490px; height: auto; }
        svg text { font: 11px system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; fill: var(--soft);
          font-variant-numeric: tabular-nums; }
        .grid { stroke: var(--grid); } .axis { stroke: var(--line); } .phase { stroke: var(--soft); stroke-dasharray: 4 3; }
        .series { fill: none; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
        .training { stroke: var(--training); } .validation { stroke: var(--validation); }
        .dots circle { fill: var(--card); fill-opacity: 0; stroke: none; }
        .dots circle:hover { fill-opacity: 1; stroke: var(--soft); stroke-width: 1.5; }
        .dots .best { fill-opacity: 1; stroke: currentColor; stroke-width: 2; }
        .dots .seen { fill: currentColor; fill-opacity: 1; }
        svg text.training { fill: var(--training); stroke: none; font-weight: 600; }
        svg text.validation { fill: var(--validation); stroke: none; font-weight: 600; }
        g.training { color: var(--training); } g.validation { color: var(--validation); }
        .bar { fill: var(--bar); } .bar:hover { opacity: .75; } .mean { stroke: var(--soft); stroke-dasharray: 4 3; }
        svg text.dead { fill: var(--dead); font-weight: 700; }
        .scroll { overflow-x: auto; max-width: 100%; }
        table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
        .facts th { text-align: left; font-weight: 400; color: var(--soft); padding: 3px 24px 3px 0; }
        .facts td { padding: 3px 0; text-align: right; white-space: nowrap; }
        .facts tr + tr > * { border-top: 1px solid var(--grid); }
        .pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 300px), 1fr)); gap: 4px 48px; align-items: start; }
        .pairs table { width: 100%; }
        .list th, .list td { text-align: right; padding: 3px 16px 3px 0; }
        .list th { color: var(--soft); font-weight: 400; }
        .list .name { text-align: left; }
        .confusion { font-size: .87rem; } .confusion.small { font-size: .72rem; }
        .confusion th { font-weight: 400; padding: 3px 6px; }
        .confusion td { text-align: right; padding: 5px 7px; border: 1px solid var(--card); min-width: 2.6em; }
        .confusion.small td { padding: 3px 4px; }
        .confusion tbody th { text-align: right; white-space: nowrap; position: sticky; left: 0; background: var(--card); }
        .confusion thead th { vertical-align: bottom; text-align: right; }
        .confusion .turned { writing-mode: vertical-rl; transform: rotate(180deg); text-align: left; white-space: nowrap;
          margin-left: auto; }
        .confusion .axis-name { color: var(--soft); } .confusion .none { color: var(--line); }
        .confusion .hit { background: rgb(var(--hit) / var(--s)); } .confusion .miss { background: rgb(var(--miss) / var(--s)); }
        .confusion .sum { color: var(--soft); border: 0; padding-left: 10px; }
        .confusion tfoot td { color: var(--soft); }
        .confusion tfoot th { text-align: right; color: var(--soft); position: sticky; left: 0; background: var(--card); }
        @media (max-width: 600px) {
          .confusion { font-size: .72rem; }
          .confusion td { min-width: 1.9em; padding: 4px 3px; }
          .confusion th { padding: 3px; }
          .confusion .sum { padding-left: 6px; }
        }
        @media print { section, .figures div { break-inside: avoid; } }
        """;
}
