/** What `sotto-collector --help` prints. */
export const USAGE = `Usage: sotto-collector --plan plan.json [options]
       sotto-collector dap --help    for plans that two operators of Janus sum

Takes randomized signals, keeps only totals of them, and publishes estimates with their error once a week.

  --plan FILE                the signal plan; without it, the one that the database holds. A plan that the database
                             knows already does not replace the current one: PUT /v1/admin/plan does
  --folder DIR               where the embedded database lies (default: sotto-data); one collector a folder
  --database URL             postgres://user:password@host/name, 15 or later, in place of the folder; several
                             collectors may share it. Or SOTTO_DATABASE
  --port N, --host HOST      where to listen (default: 8080 on 127.0.0.1). Or PORT, HOST
  --trust-proxy              a proxy stands in front: the address it names in X-Forwarded-For is the visitor's
  --proxies N                how many do (default: 1); with --trust-proxy only
  --origin ORIGIN            pages that may report, as https://shop.example; may be given again (default: all)
  --reports-per-minute N     from one address (default: 120)
  --admin-token-file FILE    turns administration on: a file with a token of 16 characters or more. Or SOTTO_ADMIN_TOKEN
  --relay-token-file FILE    lets relays send many reports in one body. Or SOTTO_RELAY_TOKEN
  --oblivious-secret-file FILE  makes it an Oblivious HTTP gateway too: a file with 32 random bytes or more
  --help, --version

It speaks HTTP: put a proxy with TLS before it. It logs no request.`
