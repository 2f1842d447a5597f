import { type Sending, sendReports } from './send-reports'

// A process of its own: what sends must not hold up what is measured.
const sending = JSON.parse(process.argv[2]!) as Sending // written by `collector.ts`
console.log(JSON.stringify(await sendReports(sending)))
