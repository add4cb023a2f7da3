// neo4j-viz tells nobody when it has drawn: wait for a canvas with a size, then for two frames.
(function watch() {
  const canvases = [...document.querySelectorAll("canvas")];
  if (!canvases.some((canvas) => canvas.width && canvas.height)) requestAnimationFrame(watch);
  else
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        window.peerReady = performance.now();
      }),
    );
})();
