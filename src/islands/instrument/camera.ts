/** The visitor's camera: asked for on a click, and given back. */

/** Opens the camera and plays it. Rejects with an Error whose message is a sentence for the visitor. */
export async function openCamera(video: HTMLVideoElement): Promise<() => void> {
  const devices = (navigator as Partial<Navigator>).mediaDevices;
  if (!devices)
    throw new Error('This browser offers a camera only to pages that come over https. Open it so.');
  const stream = await devices
    .getUserMedia({ audio: false, video: { facingMode: 'environment', width: 640, height: 480 } })
    .catch((error: unknown) => {
      throw new Error(reasonOf(error), { cause: error });
    });
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  };
  try {
    video.srcObject = stream;
    await video.play();
    return close;
  } catch (cause) {
    close();
    throw new Error('The camera’s picture could not be shown. Start it again.', { cause });
  }
}

function reasonOf(error: unknown): string {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError')
    return 'The camera was not allowed. Allow it for this site in the browser’s settings and start again.';
  if (name === 'NotFoundError' || name === 'OverconstrainedError')
    return 'No camera was found. Connect one and start again.';
  if (name === 'NotReadableError')
    return 'The camera is in use elsewhere. Close what uses it and start again.';
  return 'The camera could not be opened. Start it again.';
}

/** What the camera shows now, as a PNG. */
export async function stillOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  const png = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (png) return png;
  throw new Error('The still could not be taken. Try it again.');
}
