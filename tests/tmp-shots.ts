import { chromium } from "playwright-core";
import { readdirSync, readFileSync } from "node:fs";
import { findChromium } from "#tests/setup/find-chromium.ts";
const browser = await chromium.launch(await findChromium());
const base = "http://localhost:3411";
const out = "/tmp/w/tmp-prefs/";
const ctx = await browser.newContext({ baseURL: base, javaScriptEnabled: false });
const page = await ctx.newPage();
const link = async (to: string, path: string) => {
  for (let i = 0; i < 60; i++) {
    const dir = "/tmp/w/tmp-prefs/data/outbox";
    let files: string[] = []; try { files = readdirSync(dir).filter((f) => f.endsWith(".eml")); } catch {}
    for (const f of files.sort().reverse()) { const t = readFileSync(dir + "/" + f, "utf8").replace(/=\r\n/g, "").replace(/=3D/g, "="); if (t.includes(to)) { const m = new RegExp(`http://localhost:3411${path}[^\\s>)"]+`).exec(t); if (m) return m[0]; } }
    await new Promise((r) => setTimeout(r, 500));
  }
  throw new Error("no mail");
};
const stamp = Date.now() % 100000;
const to = `shots${stamp}@example.org`;
await page.goto("/subscribe");
await page.screenshot({ path: out + "subscribe.png", fullPage: true });
await page.getByRole("main").getByLabel("Your email address").fill(to);
await page.getByRole("main").getByLabel("How often").selectOption("weekdays");
await page.getByRole("main").getByRole("button", { name: "Subscribe" }).click();
await page.goto(await link(to, "/subscribe/"));
await page.screenshot({ path: out + "waiting.png" });
await page.getByRole("button", { name: /Confirm/ }).click();
await page.screenshot({ path: out + "confirmed.png" });
await page.getByRole("link", { name: "Change what you get" }).click();
const url = page.url();
console.log(url);
// a second: a search
await page.goto("/papers?q=attention");
const form = page.getByRole("main").getByLabel("Your email address");
if (await form.count()) { await form.fill(to); await page.getByRole("main").getByRole("button", { name: "Subscribe" }).click();
await new Promise((r) => setTimeout(r, 4000));
const dir = "/tmp/w/tmp-prefs/data/outbox";
for (const f of readdirSync(dir).filter((f) => f.endsWith(".eml")).sort()) { const t = readFileSync(dir + "/" + f, "utf8").replace(/=\r\n/g, "").replace(/=3D/g, "="); if (t.includes(to)) { const m = /http:\/\/localhost:3411\/subscribe\/[^\s>)"]+/.exec(t); if (m) { await page.goto(m[0]); const b = page.getByRole("button", { name: /Confirm/ }); if (await b.count()) await b.click(); } } } }
const shots = async (name: string, path: string) => {
  for (const colorScheme of ["light", "dark"] as const) for (const width of [1280, 390]) {
    const c = await browser.newContext({ baseURL: base, colorScheme, viewport: { width, height: 900 } });
    const p = await c.newPage(); await p.goto(path); await p.screenshot({ path: `${out}${name}-${width}-${colorScheme}.png`, fullPage: true });
    const wide = await p.evaluate(() => document.documentElement.scrollWidth > innerWidth); if (wide) console.log("OVERFLOW", name, width);
    await c.close();
  }
};
await shots("prefs", url);
await page.goto(url);
const s = page.getByRole("region", { name: /whole editions/ });
await s.getByLabel("Time zone").fill("Kathmandu/Nowhere");
await s.getByLabel("Papers in a mail").fill("500");
await s.getByLabel("Classes").fill("cs.CL, gardening");
await s.getByRole("button", { name: "Save" }).click();
console.log(page.url());
await shots("wrong", page.url());
await s.getByLabel("Time zone").fill("Asia/Kathmandu"); await s.getByLabel("Papers in a mail").fill("12"); await s.getByLabel("Classes").fill("cs.CL math"); await s.getByLabel("Hour").selectOption("7");
await s.getByRole("button", { name: "Save" }).click();
console.log(page.url());
await shots("saved", page.url());
await page.getByLabel("Until").fill("2026-12-24");
await page.getByRole("button", { name: "Pause all mail" }).click();
await shots("paused", page.url());
await page.goto(url); await page.getByRole("button", { name: "Send me the latest" }).click(); await page.screenshot({ path: out + "latest.png", fullPage: true });
console.log(await link(to, "/digest/"));
await page.getByRole("button", { name: "End all mail" }).click();
await page.screenshot({ path: out + "ended.png" });
await page.goto("/preferences/nonsense"); await page.screenshot({ path: out + "unknown.png" });
await browser.close();
