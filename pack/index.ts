export { type BuildPackOptions, buildPack, type Pack } from './build-pack'
export { encoderFromDisk } from './encoder-from-disk'
export { writePack } from './write-pack'
