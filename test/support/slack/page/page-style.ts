/** About as Slack looks by day. Blocks of a message are 600 px wide at most, whatever the window. */
export const PAGE_STYLE = `
body { margin: 0; padding: 24px; background: #f4f4f4; color: #1d1c1d; font: 15px/1.46 Lato, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 18px; } h2 { font-size: 18px; margin: 0 0 12px; } h3 { font-size: 18px; margin: 4px 0; } h6 { font-size: 11px; color: #616061; margin: 0 0 4px; }
section { background: #fff; border: 1px solid #ddd; border-radius: 8px; margin: 0 0 24px; padding: 12px 20px; max-width: 720px; overflow-wrap: anywhere; }
section.modal { max-width: 480px; box-shadow: 0 8px 32px #0003; border-radius: 12px; }
.message { display: flex; gap: 8px; padding: 8px 0; }
.ephemeral { background: #fffbea; }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #4a154b; color: #fff; display: grid; place-items: center; font-weight: 700; }
.body { min-width: 0; flex: 1; max-width: 600px; }
.only, .quiet, figcaption { color: #616061; font-size: 12px; }
.app { background: #ddd; border-radius: 2px; font-size: 10px; font-weight: 700; padding: 1px 3px; color: #454447; }
.thread { margin-left: 44px; border-left: 3px solid #ddd; padding-left: 12px; }
.status { font-style: italic; }
.block { margin: 4px 0; } .rich_text { white-space: pre-wrap; }
.block.actions { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; }
.block.context { color: #616061; font-size: 13px; display: flex; flex-wrap: wrap; gap: 0 8px; }
.beside { display: flex; justify-content: space-between; gap: 16px; align-items: flex-start; }
.mention { background: #e8f1f8; color: #1264a3; border-radius: 3px; padding: 0 2px; }
.link { color: #1264a3; text-decoration: underline; }
.button { display: inline-block; box-sizing: border-box; height: 28px; border: 1px solid #bbb; border-radius: 6px; padding: 0 12px; font-weight: 700; font-size: 13px; line-height: 26px; background: #fff; white-space: nowrap; }
.button.primary { background: #007a5a; border-color: #007a5a; color: #fff; }
.button.danger { border-color: #e01e5a; color: #e01e5a; }
.reactions { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 4px; }
.reaction { background: #f1f1f1; border: 1px solid #ddd; border-radius: 12px; padding: 1px 8px; font-size: 12px; }
figure { margin: 4px 0; } img { max-width: 360px; max-height: 420px; border-radius: 6px; border: 1px solid #ddd; display: block; }
.missing { box-sizing: border-box; width: 360px; height: 120px; background: #b8c8d8; padding: 16px; border-radius: 6px; }
.aloud { color: #770077; font-size: 11px; white-space: pre-wrap; margin-top: 4px; }
.unknown { background: #fde8ee; color: #e01e5a; font-family: monospace; font-size: 12px; }
.wrong { color: #e01e5a; font-size: 13px; font-weight: 700; }
code, pre { background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px; color: #c01343; font-size: 12px; padding: 1px 3px; }
pre { color: #1d1c1d; padding: 8px; white-space: pre-wrap; } blockquote { border-left: 4px solid #ddd; margin: 0; padding-left: 12px; }
.label { font-weight: 700; margin-top: 12px; }
.field { border: 1px solid #8d8d8d; border-radius: 4px; padding: 6px 10px; min-height: 22px; } .tall { min-height: 72px; } .select { width: 220px; }
.ends { text-align: right; margin-top: 16px; }
ul, ol { margin: 2px 0; }
`;
