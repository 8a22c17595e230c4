/** About as Discord looks in the dark. Components are 600 px wide at most, whatever the window. */
export const PAGE_STYLE = `
body { margin: 0; padding: 24px; background: #1e1f22; color: #dbdee1; font: 16px/1.375 "gg sans", "Noto Sans", "Helvetica Neue", Helvetica, Arial, sans-serif; }
h1.page { font-size: 18px; } h2 { font-size: 18px; margin: 0 0 12px; color: #f2f3f5; } h6 { font-size: 11px; color: #949ba4; margin: 0 0 4px; }
section { background: #313338; border-radius: 8px; margin: 0 0 24px; padding: 12px 16px; max-width: 720px; overflow-wrap: anywhere; }
section.modal { max-width: 440px; border: 1px solid #46484e; border-radius: 12px; padding: 16px 24px; box-shadow: 0 8px 32px #0008; }
.message { display: flex; gap: 16px; padding: 8px; border-left: 2px solid transparent; }
.message.ephemeral { background: #5865f214; border-left-color: #5865f2; } .message.pinged { background: #f0b23214; border-left-color: #f0b232; }
.avatar { flex: none; width: 40px; height: 40px; border-radius: 50%; background: #5865f2; color: #fff; display: grid; place-items: center; font-weight: 600; }
.body { min-width: 0; flex: 1; max-width: 600px; } .author { font-weight: 500; color: #f2f3f5; }
.quiet { color: #949ba4; font-size: 13px; } .app { background: #5865f2; border-radius: 4px; font-size: 10px; font-weight: 600; padding: 1px 4px; color: #fff; }
.thread { margin: 4px 0 0 44px; border-left: 2px solid #4e5058; padding-left: 12px; } .thread > .name { color: #f2f3f5; font-weight: 600; font-size: 14px; }
.text { white-space: pre-wrap; } .text h1, .text h2, .text h3 { margin: 12px 0 4px; color: #f2f3f5; line-height: 1.375; } .text h1 { font-size: 24px; } .text h2 { font-size: 20px; } .text h3 { font-size: 16px; }
.container { box-sizing: border-box; background: #2b2d31; border: 1px solid #46484e; border-radius: 8px; padding: 16px; margin: 4px 0; display: flex; flex-direction: column; gap: 8px; max-width: 600px; }
.container.accent { border-left-width: 4px; }
.row { display: flex; flex-wrap: wrap; gap: 8px; }
.button { display: inline-flex; align-items: center; gap: 4px; box-sizing: border-box; min-width: 60px; height: 32px; justify-content: center; border-radius: 8px; padding: 0 12px; font-weight: 500; font-size: 14px; color: #fff; white-space: nowrap; }
.button.primary { background: #5865f2; } .button.secondary { background: #4e5058; } .button.success { background: #248046; } .button.danger { background: #da373c; } .button.premium { background: #5865f2; } .button.disabled { opacity: .5; } .out { font-size: 12px; }
.subtext { color: #949ba4; font-size: 13px; display: block; }
.mention { background: #5865f24d; color: #c9cdfb; border-radius: 3px; padding: 0 2px; font-weight: 500; }
.link { color: #00a8fc; text-decoration: none; } .time { background: #ffffff14; border-radius: 3px; padding: 0 2px; } .emoji { color: #f0b232; font-weight: 700; }
.spoiler { background: #1e1f22; border-radius: 4px; color: #1e1f22; outline: 1px dashed #949ba4; } figure.spoiler img { filter: blur(32px); }
code { background: #1e1f22; border-radius: 4px; padding: 0 3px; font: 14px/1.3 Consolas, "Noto Sans Mono", monospace; } pre { background: #2b2d31; border: 1px solid #1e1f22; border-radius: 4px; padding: 8px; margin: 4px 0; white-space: pre-wrap; font: 14px/1.3 Consolas, "Noto Sans Mono", monospace; }
blockquote { border-left: 4px solid #4e5058; border-radius: 4px; margin: 0; padding-left: 12px; } ul, ol { margin: 4px 0; padding-left: 24px; white-space: normal; } li { white-space: pre-wrap; }
.gallery { display: grid; gap: 4px; border-radius: 8px; overflow: hidden; } .columns2 { grid-template-columns: 1fr 1fr; } .columns3 { grid-template-columns: 1fr 1fr 1fr; }
figure { margin: 0; position: relative; width: fit-content; max-width: 100%; } img { display: block; max-width: 100%; max-height: 420px; border-radius: 8px; } .thumbnail img { width: 85px; height: 85px; object-fit: cover; }
.alt { position: absolute; left: 8px; bottom: 8px; background: #000c; color: #fff; border-radius: 4px; font-size: 10px; font-weight: 700; padding: 1px 4px; }
.missing { box-sizing: border-box; width: 420px; max-width: 100%; min-height: 140px; background: #4a5568; padding: 16px 16px 32px; border-radius: 8px; font-size: 13px; }
.file { display: flex; gap: 8px; align-items: center; background: #2b2d31; border: 1px solid #46484e; border-radius: 8px; padding: 12px; max-width: 420px; }
.beside { display: flex; justify-content: space-between; gap: 16px; } .separator { height: 8px; } .separator.large { height: 16px; } .separator.line { border-bottom: 1px solid #46484e; }
.reactions { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 4px; } .reaction { background: #2b2d31; border: 1px solid transparent; border-radius: 8px; padding: 2px 6px; font-size: 14px; } .reaction.mine { background: #5865f226; border-color: #5865f2; } .reaction.burst { border-color: #f0b232; }
.label { font-weight: 500; margin-top: 16px; color: #f2f3f5; } .star { color: #f23f43; } .choice { background: #2b2d31; border-radius: 8px; padding: 8px; margin: 4px 0; }
.field { box-sizing: border-box; display: flex; justify-content: space-between; background: #1e1f22; border: 1px solid #46484e; border-radius: 8px; padding: 10px; min-height: 42px; margin-top: 6px; } .tall { min-height: 96px; } .ends { text-align: right; margin-top: 24px; }
.unknown { background: #da373c; color: #fff; font-family: monospace; font-size: 12px; }
`;
