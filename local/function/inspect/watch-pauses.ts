/** What we read of the inspector's protocol. @see https://chromedevtools.github.io/devtools-protocol/v8/Debugger/ */
type InspectorEvent = { readonly method?: string };

/**
 * Tells when a debugger, which is another client of the same inspector, stops the program and when it lets it go on.
 * Returns what ends the connection.
 */
export function watchPauses(url: string, onHeld: (isHeld: boolean) => void): () => void {
  const socket = new WebSocket(url);
  let requests = 0;
  const request = (method: string, params: object = {}) => {
    requests += 1;
    socket.send(JSON.stringify({ id: requests, method, params }));
  };
  socket.addEventListener('open', () => {
    request('Debugger.enable', { maxScriptsCacheSize: 0 });
    // A program that ends waits for its debuggers to go; we are no reason to wait.
    request('NodeRuntime.notifyWhenWaitingForDisconnect', { enabled: true });
  });
  socket.addEventListener('message', ({ data }) => {
    const { method }: InspectorEvent = JSON.parse(String(data));
    if (method === 'Debugger.paused') onHeld(true);
    if (method === 'Debugger.resumed') onHeld(false);
    if (method === 'NodeRuntime.waitingForDisconnect') socket.close();
  });
  socket.addEventListener('close', () => onHeld(false));
  socket.addEventListener('error', () => onHeld(false));
  return () => socket.close();
}
