// A plain page over the chat channel: enough to talk to the assistant on one's own machine.
"use strict";

const log = document.getElementById("log");
const form = document.getElementById("form");
const text = document.getElementById("text");
const waiting = document.getElementById("waiting");

const UNREACHABLE = {
  text: document
    .getElementById("unreachable")
    .content.textContent.trim()
    .replace(/\s+/g, " "),
};

async function call(method, path, body) {
  const token = sessionStorage.getItem("token");
  const response = await fetch(path, {
    method,
    headers: {
      "Content-Type": "application/json",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, body: await response.json() };
}

async function startSession() {
  sessionStorage.setItem("token", (await call("POST", "session")).body.token);
}

async function send(message) {
  let answer = await call("POST", "messages", message);
  if (answer.status === 401) {
    await startSession();
    answer = await call("POST", "messages", message);
  }
  return answer.body.messages ?? [UNREACHABLE];
}

async function say(shown, message) {
  show({ from: "user", text: shown }).scrollIntoView();
  waiting.hidden = false;
  const replies = await send(message).catch(() => [UNREACHABLE]);
  waiting.hidden = true;
  showAll(replies);
  text.focus();
}

// A long answer is read from its beginning: what came first stays in sight.
function showAll(messages) {
  messages.map(show)[0]?.scrollIntoView();
}

function show(message) {
  const item = document.createElement("div");
  item.className = `message ${message.from === "user" ? "user" : (message.urgency ?? "")}`;
  const paragraph = document.createElement("p");
  paragraph.append(...withLinks(message.text));
  item.append(paragraph);
  if (message.buttons?.length) item.append(choices(message.buttons));
  if (message.sources?.length) item.append(sources(message.sources));
  log.append(item);
  return item;
}

// Nothing is ever taken as HTML; only a web address becomes a link.
function withLinks(words) {
  return words.split(/(https?:\/\/[^\s]+)/).map((part, index) => {
    if (index % 2 === 0) return part;
    const link = document.createElement("a");
    Object.assign(link, { href: part, rel: "noreferrer", target: "_blank", textContent: part });
    return link;
  });
}

function choices(buttons) {
  const row = document.createElement("div");
  row.className = "choices";
  for (const { title, payload } of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = title;
    button.addEventListener("click", () => say(title, { payload }));
    row.append(button);
  }
  return row;
}

function sources(list) {
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = "Where this is from";
  const items = document.createElement("ul");
  for (const { cite, link } of list) {
    const item = document.createElement("li");
    const target = link ? document.createElement("a") : document.createElement("span");
    if (link) Object.assign(target, { href: link, rel: "noreferrer", target: "_blank" });
    target.textContent = cite;
    item.append(target);
    items.append(item);
  }
  details.append(summary, items);
  return details;
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const typed = text.value.trim();
  if (!typed) return;
  text.value = "";
  say(typed, { text: typed });
});

text.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

async function open() {
  if (sessionStorage.getItem("token")) {
    const { status, body } = await call("GET", "messages");
    if (status === 200 && body.messages.length) {
      body.messages.map(show).at(-1).scrollIntoView();
      return;
    }
  }
  await startSession();
  showAll(await send({ text: "hello" }));
}

open().catch(() => show(UNREACHABLE));
