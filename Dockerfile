# The gateway, the worker and the migrations; compose.yaml says which of them a container runs.
FROM python:3.13-slim AS graphiql
RUN apt-get update && apt-get install --yes --no-install-recommends npm
WORKDIR /srv/daira
COPY daira daira
COPY gateway gateway
RUN python -m daira.graphiql

FROM python:3.13-slim
WORKDIR /srv/daira
ENV PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements/runtime.txt requirements/runtime.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY . .
COPY --from=graphiql /srv/daira/gateway/graphql/ide/vendor gateway/graphql/ide/vendor
RUN pip install --no-cache-dir --no-deps --no-build-isolation . && useradd --system daira
USER daira
ENTRYPOINT ["daira"]
CMD ["gateway", "--host", "0.0.0.0", "--port", "8000"]
