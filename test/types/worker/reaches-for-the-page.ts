// Must not compile: a worker has no document.
export const title = document.title
