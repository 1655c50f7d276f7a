/**
 * Mean and standard deviation of red, green and blue over ImageNet's training pictures, on a scale of
 * 0 to 1, as torchvision, timm and most others take them.
 */
export const IMAGENET_PIXELS: {
  readonly mean: [number, number, number];
  readonly std: [number, number, number];
} = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };
