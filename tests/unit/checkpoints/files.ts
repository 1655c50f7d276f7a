/** Every readable file: one and the same network under six namings and in three containers. */
export const FILES = [
  { name: 'd-li14-dataparallel-zip.pth', container: 'pytorch-zip', scheme: 'd-li14' },
  { name: 'd-li14-legacy.pth', container: 'pytorch-legacy', scheme: 'd-li14' },
  { name: 'mmpretrain-zip.pth', container: 'pytorch-zip', scheme: 'mmpretrain' },
  { name: 'pycls-legacy.pyth', container: 'pytorch-legacy', scheme: 'pycls' },
  { name: 'pycls-zip.pyth', container: 'pytorch-zip', scheme: 'pycls' },
  { name: 'timm-1.0.29-protocol-5-legacy.pth', container: 'pytorch-legacy', scheme: 'timm' },
  { name: 'timm-1.0.29-training.pth', container: 'pytorch-zip', scheme: 'timm' },
  { name: 'timm-fp16.safetensors', container: 'safetensors', scheme: 'timm' },
  { name: 'timm.safetensors', container: 'safetensors', scheme: 'timm' },
  { name: 'torchvision-legacy.pth', container: 'pytorch-legacy', scheme: 'torchvision' },
  {
    name: 'torchvision-shared-storage-legacy.pth',
    container: 'pytorch-legacy',
    scheme: 'torchvision',
  },
  { name: 'torchvision-shared-storage-zip.pth', container: 'pytorch-zip', scheme: 'torchvision' },
  { name: 'torchvision-zip.pth', container: 'pytorch-zip', scheme: 'torchvision' },
  { name: 'transformers-5.18.0.safetensors', container: 'safetensors', scheme: 'transformers' },
  { name: 'transformers-zip.bin', container: 'pytorch-zip', scheme: 'transformers' },
] as const;
