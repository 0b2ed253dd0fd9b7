/// The style sheet of every report, for light, dark and narrow screens and for print.
enum PageStyle {
  /// Colours 1 to 8 are from Okabe and Ito's palette, which also works for colour-blind people;
  /// each has a contrast of at least 3:1 against its background.
  static let sheet: StaticString = """
    :root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#586069;--line:#d5dae0;\
    --panel:#f5f7f9;--link:#0b5cad;--c1:#0072b2;--c2:#a6468a;--c3:#00805f;--c4:#c24e00;\
    --bad:#b3261e;--right:0,128,95;--wrong:194,78,0}
    @media screen and (prefers-color-scheme:dark){:root{--bg:#14171a;--fg:#e8eaed;--soft:#a3abb5;\
    --line:#3a424b;--panel:#1e2328;--link:#7db8f0;--c1:#56b4e9;--c2:#e08fc4;--c3:#2fc49a;\
    --c4:#f0883e;--bad:#ff8a80;--right:47,196,154;--wrong:240,136,62}}
    *{box-sizing:border-box}
    html{-webkit-text-size-adjust:100%}
    body{margin:0 auto;padding:0 1rem 3rem;max-width:100rem;background:var(--bg);color:var(--fg);\
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
    h1{font-size:1.6rem;margin:1rem 0 .2rem}
    h2{font-size:1.3rem;margin:1.6rem 0 .5rem;padding-top:.5rem;border-top:1px solid var(--line)}
    h3{font-size:1.05rem;margin:1rem 0 .3rem}
    p{margin:.4rem 0;max-width:60rem}
    ul,ol{margin:.4rem 0;padding-left:1.3rem;max-width:60rem}
    a{color:var(--link)}
    a:focus-visible,summary:focus-visible,.scroll:focus-visible,audio:focus-visible\
    {outline:3px solid var(--link);outline-offset:2px}
    .skip{position:absolute;left:-99rem}
    .skip:focus{position:static}
    .lead,.note,footer,.soft{color:var(--soft)}
    .lead{overflow-wrap:anywhere;max-width:none}
    .entry{white-space:nowrap}
    main{display:flex;flex-wrap:wrap;gap:0 2rem}
    section{min-width:0;max-width:100%}
    .wide{flex:1 1 100%}
    .narrow{flex:1 1 auto}
    .narrow p{max-width:32rem}
    nav ul{list-style:none;max-width:none;padding:0;margin:.8rem 0 0;display:flex;flex-wrap:wrap;gap:.3rem 1rem}
    nav a{display:inline-block;padding:.25rem 0}
    footer{margin-top:3rem;font-size:.875rem}
    .verdict{font-size:1.35rem;max-width:none;padding:.5rem .8rem;border-left:6px solid var(--soft);\
    background:var(--panel)}
    .verdict.good{border-color:var(--c3)}.verdict.fair{border-color:var(--c4)}
    .verdict.poor{border-color:var(--bad)}.verdict.poor strong,.tiles .poor dd{color:var(--bad)}
    .tiles .poor{border:2px solid var(--bad)}.tiles .fair{border:2px solid var(--c4)}
    .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,32rem),1fr));\
    gap:.5rem 2.5rem;align-items:start}
    .columns>div{min-width:0}
    .headline{font-size:1.25rem}
    .headline strong{font-size:2.4rem;line-height:1.1;margin-right:.2rem}
    .interval{display:block;width:100%;max-width:48rem;height:24px}
    .track{fill:var(--line)}
    .mark{fill:var(--fg)}
    .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(10.5rem,1fr));gap:.75rem;\
    margin:.8rem 0}
    .tiles div{background:var(--panel);border:1px solid var(--line);border-radius:6px;\
    padding:.6rem .8rem}
    dt{color:var(--soft);font-size:.9rem}
    dd{margin:0;font-size:1.35rem;font-variant-numeric:tabular-nums}
    dd.note{font-size:.8rem}
    .method{display:grid;grid-template-columns:minmax(6rem,auto) 1fr;gap:.3rem 1rem}
    .method dd{font-size:1rem;overflow-wrap:anywhere}
    .warnings li{border-left:3px solid var(--c4);padding-left:.6rem;list-style:none;\
    margin:.3rem 0 .3rem -1.3rem}
    .scroll{overflow-x:auto;max-width:100%;margin:.6rem 0}
    .hint{display:none;color:var(--soft);font-size:.85rem}
    @media screen and (max-width:40rem){.hint{display:block}.hint::after{content:" \\2194"}}
    table{line-height:1.35;border-collapse:collapse;font-variant-numeric:tabular-nums}
    caption{text-align:left;font-weight:600;padding-bottom:.3rem}
    th,td{padding:.3rem .5rem;text-align:right;border-bottom:1px solid var(--line);\
    vertical-align:top}
    th{font-weight:600}
    .names th[scope=row]{font-weight:400;min-width:12rem}
    .names th[scope=row],.names td{overflow-wrap:anywhere;font-size:.85rem}
    th[scope=row],.names td,.names thead th{text-align:left}
    thead th{color:var(--soft);font-size:.875rem;vertical-align:bottom}
    thead th:first-child{text-align:left}
    td small{display:block;color:var(--soft);font-size:.8rem;white-space:nowrap}
    .confusion{font-size:.9rem}
    .confusion th,.confusion td{padding:.2rem .35rem;text-align:center;border:1px solid \
    var(--line);min-width:2.6rem}
    .confusion th[scope=row]{text-align:left;position:sticky;left:0;background:var(--bg);\
    max-width:9rem;overflow-wrap:break-word}
    .confusion thead span{display:inline-block;max-width:9rem;overflow-wrap:break-word}
    .confusion small{color:inherit}
    .zero{color:var(--soft)}
    .right.s1{background:rgba(var(--right),.06)}.right.s2{background:rgba(var(--right),.10)}
    .right.s3{background:rgba(var(--right),.14)}.right.s4{background:rgba(var(--right),.18)}
    .right.s5{background:rgba(var(--right),.22)}.right.s6{background:rgba(var(--right),.26)}
    .right.s7{background:rgba(var(--right),.30)}.right.s8{background:rgba(var(--right),.34)}
    .wrong.s1{background:rgba(var(--wrong),.10)}.wrong.s2{background:rgba(var(--wrong),.16)}
    .wrong.s3{background:rgba(var(--wrong),.22)}.wrong.s4{background:rgba(var(--wrong),.28)}
    .wrong.s5{background:rgba(var(--wrong),.32)}.wrong.s6{background:rgba(var(--wrong),.36)}
    .wrong.s7{background:rgba(var(--wrong),.40)}.wrong.s8{background:rgba(var(--wrong),.44)}
    .plots{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21rem),1fr));\
    gap:.5rem 1.2rem}
    .narrow .plots{grid-template-columns:repeat(auto-fill,minmax(min(100%,18rem),1fr));\
    min-width:min(100%,38rem)}
    .tables{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,19rem),1fr));\
    gap:.5rem 2rem;align-items:start}
    figure{margin:.6rem 0}
    figcaption{font-size:.9rem;font-weight:600;overflow-wrap:anywhere}
    svg{display:block;width:100%;height:auto;color:var(--fg)}
    svg text{font-size:11px;fill:var(--fg)}
    .grid{stroke:var(--line);stroke-width:1}
    .frame{fill:none;stroke:var(--soft)}
    .whisker{stroke:var(--fg);stroke-width:2}
    .line{fill:none;stroke-width:2;stroke-linejoin:round}
    .reference{fill:none;stroke:var(--soft);stroke-width:1;opacity:.45}
    .line.c1{stroke:var(--c1)}.line.c2{stroke:var(--c2);stroke-dasharray:6 3}\
    .line.c3{stroke:var(--c3)}.line.c4{stroke:var(--c4);stroke-dasharray:2 2}
    .level{fill:none;stroke-width:1}
    .level.c1{stroke:var(--c1)}.level.c2{stroke:var(--c2)}.level.c3{stroke:var(--c3)}\
    .level.c4{stroke:var(--c4)}
    .bar.c1,.dot.c1{fill:var(--c1)}.bar.c2,.dot.c2{fill:var(--c2)}\
    .bar.c3,.dot.c3{fill:var(--c3)}.bar.c4,.dot.c4{fill:var(--c4)}
    .legend{font-size:.875rem}
    .key{display:inline-block;width:1.4rem;height:0;border-top:4px solid;vertical-align:middle;\
    margin-left:.5rem}
    .key.c1{border-color:var(--c1)}.key.c2{border-color:var(--c2);border-top-style:dashed}\
    .key.c3{border-color:var(--c3)}.key.c4{border-color:var(--c4);border-top-style:dotted}
    .key.block{border-top-style:solid;border-top-width:.8rem}
    .clips{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,20rem),1fr));gap:1rem}
    article{background:var(--panel);border:1px solid var(--line);border-radius:6px;padding:.8rem;\
    min-width:0}
    article h3{margin:0 0 .2rem}
    article p{font-size:.9rem}
    .path{overflow-wrap:anywhere;font-size:.85rem}
    audio{width:100%;height:40px;margin:.4rem 0}
    pre{overflow-x:auto;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem}
    summary{cursor:pointer;padding:.4rem 0}
    @media print{:root{color-scheme:light}body{max-width:none;font-size:10pt;padding:0}\
    nav,audio,.skip{display:none}.scroll{overflow:visible}table{font-size:8pt}\
    article,figure,tr,.tiles div{break-inside:avoid}h2,h3,figcaption{break-after:avoid}\
    .confusion th[scope=row]{position:static}\
    details::details-content{content-visibility:visible;display:block}\
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
    """
}
