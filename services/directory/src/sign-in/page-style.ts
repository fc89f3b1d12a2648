import { createHash } from 'node:crypto';

/** Two columns; on a phone the first becomes a band above the second. */
export const PAGE_STYLE = `
:root{--ink:#12282d;--soft:#5a7076;--line:#cfdcdd;--ground:#f4f8f8;--deep:#0e3b43;--accent:#0f766e;--mint:#6fd6ca;--bad:#a12a1c;--bad-ground:#fdf1ef}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%}
body{margin:0;min-height:100vh;min-height:100dvh;display:grid;grid-template-columns:minmax(0,1.15fr) minmax(26rem,1fr);background:var(--ground);color:var(--ink);font:400 1rem/1.6 system-ui,-apple-system,"Segoe UI","PingFang SC","Hiragino Sans GB","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
.brand{position:relative;overflow:hidden;display:flex;flex-direction:column;justify-content:space-between;padding:clamp(2rem,5vw,4.5rem);color:#eef7f6;background:radial-gradient(120% 90% at 78% 38%,#17606a 0,#104953 34%,#0c343c 70%,#0a2a31 100%)}
.brand svg.sky{position:absolute;inset:0;width:100%;height:100%}
.name{position:relative;display:flex;align-items:center;gap:.85rem;margin:0;font-size:1.35rem;font-weight:600;letter-spacing:.04em}
.name svg{width:2.6rem;height:2.6rem;flex:none}
.name span{font-weight:400;opacity:.72;margin-left:.15rem;letter-spacing:.02em}
.motto{position:relative;margin:0;font-size:clamp(1.9rem,3.1vw,3rem);line-height:1.3;font-weight:600;letter-spacing:.02em;max-width:14em;text-wrap:balance}
main{display:flex;flex-direction:column;justify-content:center;padding:2.5rem clamp(1.5rem,5vw,5rem);background:#fff}
.panel{width:100%;max-width:24rem;margin:0 auto}
h1{margin:0 0 .25rem;font-size:1.75rem;line-height:1.3;font-weight:600}
.lead{margin:0 0 2rem;color:var(--soft)}
label{display:block;margin:0 0 1.25rem;font-size:.925rem;font-weight:500}
input[hidden]{display:none}
input{display:block;width:100%;margin-top:.4rem;padding:.78rem .9rem;font:inherit;font-size:1rem;color:inherit;background:#fff;border:1px solid var(--line);border-radius:.6rem;transition:border-color .15s,box-shadow .15s}
input:hover{border-color:#a9c0c2}
input:focus{outline:0;border-color:var(--accent);box-shadow:0 0 0 3px #0f766e29}
button,.button{display:block;width:100%;padding:.85rem 1rem;border:0;border-radius:.6rem;font:inherit;font-weight:600;text-align:center;text-decoration:none;color:#fff;background:var(--accent);cursor:pointer;transition:background .15s}
button:hover,.button:hover{background:#0b5f59}
button:focus-visible,.button:focus-visible,.language:focus-visible{outline:3px solid #0f766e66;outline-offset:2px}
button.quiet{margin-top:.75rem;color:var(--accent);background:#e8f3f2}
button.quiet:hover{background:#d9ebe9}
form>button.quiet{margin-top:0}
[hidden]+form>button.quiet{color:#fff;background:var(--accent)}
[hidden]+form>button.quiet:hover{background:#0b5f59}
details.elsewhere{margin-top:1.25rem}
.elsewhere summary{cursor:pointer;color:var(--accent);font-size:.925rem}
.button.elsewhere{margin-top:.6rem;color:var(--accent);background:#e8f3f2}
.button.elsewhere:hover{background:#d9ebe9}
.alert{margin:0 0 1.25rem;padding:.7rem .9rem;border-radius:.6rem;color:var(--bad);background:var(--bad-ground);font-size:.925rem}
.help{margin:1.5rem 0 0;color:var(--soft);font-size:.85rem}
.code{margin:0 0 1.5rem;padding:.6rem .8rem;border-radius:.6rem;background:var(--ground);color:var(--soft);font:.8rem/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;overflow-wrap:anywhere}
.or{display:flex;align-items:center;gap:.75rem;margin:1.5rem 0;color:var(--soft);font-size:.85rem}
.or::before,.or::after{content:"";flex:1;border-top:1px solid var(--line)}
.digits{font:500 1.5rem/1.2 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.3em;text-align:center}
.qr{width:13rem;margin:0 auto 1rem}
.qr svg{display:block;width:100%;height:auto}
.key{margin:0 0 1.5rem;color:var(--soft);font-size:.85rem;text-align:center}
.key code{display:block;margin-top:.35rem;color:var(--ink);font:500 .95rem/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;letter-spacing:.02em;overflow-wrap:anywhere}
.recovery{display:grid;grid-template-columns:1fr 1fr;gap:.35rem 1.5rem;margin:0 0 1.75rem;padding:1rem 1.25rem;list-style:none;border-radius:.6rem;background:var(--ground);font:500 1.05rem/1.7 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;text-align:center}
.language{display:inline-block;margin-top:2.25rem;color:var(--soft);font-size:.875rem;text-decoration:none;border-bottom:1px solid var(--line)}
.language:hover{color:var(--accent);border-color:currentColor}
@media (max-width:52rem){
body{grid-template-columns:1fr;grid-template-rows:auto 1fr}
.brand{padding:1.5rem 1.5rem 3.25rem;gap:1.4rem}
.name{font-size:1.1rem}.name svg{width:2.1rem;height:2.1rem}
.motto{font-size:1.5rem}
main{position:relative;justify-content:flex-start;margin-top:-1.4rem;padding:2rem 1.5rem;border-radius:1.4rem 1.4rem 0 0}
.lead{margin-bottom:1.5rem}
}
@media (prefers-reduced-motion:reduce){*{transition:none!important}}
`;

/** For the Content-Security-Policy: these inline contents and no others (CSP 3 section 8.4). */
export const sourceHash = (content: string) => `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
