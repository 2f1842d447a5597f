// Must not compile: what every side shares runs where there is no document.
export const title = document.title
