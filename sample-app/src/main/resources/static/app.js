const refreshMillis = 2000;
const excerptLength = 300;
const badges = { DONE: "good", FAILED: "bad", RUNNING: "wait", QUEUED: "wait", BUSY: "wait", STARTING: "wait", serving: "good" };
const shown = new Map();

const byId = (id) => document.getElementById(id);

function element(name, properties = {}, ...children) {
	const result = Object.assign(document.createElement(name), properties);
	result.append(...children);
	return result;
}

const badge = (state) => element("span", { className: "badge " + (badges[state] ?? ""), textContent: state.toLowerCase() });

function report(text) {
	byId("status").textContent = text;
}

async function json(path, options) {
	const response = await fetch(path, options);
	const type = response.headers.get("Content-Type") ?? "";
	if (!type.includes("json")) {
		throw new Error(`${path} answered ${response.status}`);
	}
	return response.json();
}

function facts(doc) {
	const parts = [];
	if (doc.pid) {
		parts.push(element("span", {}, "read by process ", element("strong", { textContent: doc.pid })));
	}
	parts.push(`uploaded to server ${doc.serverPid}`);
	if (doc.pages) {
		parts.push(doc.pages === 1 ? "1 page" : `${doc.pages} pages`);
	}
	parts.push(`${(doc.size / 1024).toFixed(1)} KB`);
	parts.push(new Date(doc.uploadedAt).toLocaleTimeString());
	return element("p", { className: "facts" }, ...parts.flatMap((part, i) => (i ? [" · ", part] : [part])));
}

// The list has the beginning of a text, of the length that the server cuts it to
const excerpt = (text) => (text.length === excerptLength ? `${text} …` : text);

function thumbnails(doc) {
	const list = element("ul", { className: "thumbnails" });
	for (let page = 1; page <= doc.thumbnails; page++) {
		const source = `documents/${doc.id}/thumbnails/${page}`;
		const image = element("img", { src: source, alt: `Page ${page} of ${doc.name}`, loading: "lazy" });
		list.append(element("li", {}, element("a", { href: source }, image)));
	}
	return list;
}

function item(doc) {
	const title = element("div", { className: "title" }, element("h3", { textContent: doc.name }), badge(doc.state));
	const result = element("li", {}, title, facts(doc));
	if (doc.thumbnails) {
		result.append(thumbnails(doc));
	}
	if (doc.text) {
		result.append(element("p", { className: "excerpt", textContent: excerpt(doc.text) }));
	}
	if (doc.reason) {
		result.append(element("pre", { textContent: doc.reason, tabIndex: 0 }));
	}
	return result;
}

function showDocuments(documents) {
	const items = documents.map((doc) => {
		const key = JSON.stringify(doc);
		const known = shown.get(doc.id);
		const entry = known?.key === key ? known : { key, item: item(doc) };
		shown.set(doc.id, entry);
		return entry.item;
	});
	const list = byId("documents");
	// Touched only on a change, so that focus and scrolling stay where they are
	if (items.length !== list.children.length || items.some((entry, i) => entry !== list.children[i])) {
		list.replaceChildren(...items);
	}
	if (!documents.length && !byId("status").textContent) {
		report("There are none yet.");
	}
}

function showProcesses(server) {
	const row = (pid, role, state) => element("tr", {}, element("td", { textContent: pid }), element("td", { textContent: role }),
		element("td", {}, badge(state)));
	const workers = server.pools.flatMap((pool) =>
		pool.workers.map((worker) => row(worker.pid, `worker of ${pool.name}`, worker.state)));
	byId("processes").replaceChildren(row(server.pid, "server", "serving"), ...workers);
}

async function refresh() {
	try {
		const [documents, server] = await Promise.all([json("documents"), json("server")]);
		showDocuments(documents);
		showProcesses(server);
	} catch (error) {
		report(`The server does not answer: ${error.message}`);
	}
}

async function upload(file) {
	const body = new FormData();
	body.append("file", file);
	report(`Reading ${file.name} …`);
	const answer = json("documents", { method: "POST", body });
	setTimeout(refresh, 200);
	try {
		const doc = await answer;
		report(doc.state ? `${doc.name}: ${doc.state.toLowerCase()}` : `${file.name}: ${doc.detail ?? doc.title}`);
	} catch (error) {
		report(`${file.name}: ${error.message}`);
	}
	await refresh();
}

async function chaos(kind) {
	const target = byId("chaos-report");
	target.replaceChildren(element("p", { textContent: `${kind} …` }));
	try {
		const answer = await json(`chaos/${kind}`, { method: "POST" });
		if (!answer.exception) {
			throw new Error(answer.detail ?? answer.title ?? answer.error);
		}
		const end = [];
		if (answer.pid) {
			end.push(`worker ${answer.pid}`);
		}
		if (answer.exitCode !== undefined) {
			end.push(`exit code ${answer.exitCode}`);
		}
		if (answer.signal) {
			end.push(answer.signal);
		}
		end.push(`after ${answer.millis} ms`);
		target.replaceChildren(
			element("p", {}, element("strong", { textContent: answer.exception.split(".").pop() }), ` · ${end.join(", ")}`),
			element("pre", { textContent: answer.message ?? "", tabIndex: 0 }));
	} catch (error) {
		target.replaceChildren(element("p", { textContent: error.message }));
	}
	await refresh();
}

async function during(button, action) {
	button.disabled = true;
	try {
		await action();
	} finally {
		button.disabled = false;
		button.focus({ preventScroll: true });
	}
}

byId("upload").addEventListener("submit", (event) => {
	event.preventDefault();
	during(event.submitter ?? event.target.querySelector("button"), () => upload(byId("file").files[0]));
});

for (const button of document.querySelectorAll("[data-sample]")) {
	button.addEventListener("click", () => during(button, async () => {
		const content = await (await fetch(`samples/${button.dataset.sample}`)).blob();
		await upload(new File([content], button.dataset.sample, { type: "application/pdf" }));
	}));
}

for (const button of document.querySelectorAll("[data-chaos]")) {
	button.addEventListener("click", () => during(button, () => chaos(button.dataset.chaos)));
}

refresh();
setInterval(refresh, refreshMillis);
