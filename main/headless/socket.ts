/*
 * The wire between the page and the headless host.
 *
 * 1. The page is opened with `http://127.0.0.1:PORT/#k=KEY` (one use, 60 seconds). It reads KEY from `location.hash` and
 *    takes it out of the address (`history.replaceState`).
 * 2. `POST /session` with `Content-Type: application/json` and `{"key":"KEY"}` answers 200 `{"token":"TOKEN"}`, or 401 with
 *    an empty body when the key is wrong, used or old (429: too many tries, wait a second). The page keeps TOKEN in
 *    `sessionStorage`; it is good until the host stops.
 * 3. `new WebSocket('ws://' + location.host + '/socket')`. The first message, within 2 seconds, is `{"token":"TOKEN"}`.
 *    The answer is `{"ready":true}`. A wrong token closes the socket with 4401: the page forgets it and says how to get a
 *    fresh link (`tidings open`). Close codes 4503 (too many windows), 1008 (too many questions), 1009 (message too big),
 *    1001 (the host stops) and a lost connection are worth another try, with growing pauses.
 * 4. From then on, text frames of JSON. The page sends `{"id":1,"method":"posts.list","params":{}}`; `id` is a number or a
 *    string of its own choice. The host answers `{"id":1,"reply":{"ok":true,"result":...}}` or
 *    `{"id":1,"reply":{"ok":false,"error":{"code":"...","message":"..."}}}`, in any order, and announces
 *    `{"event":{"name":"posts.changed","data":{...}}}` whenever something changed.
 */
