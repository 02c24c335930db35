# Duikou in a container: the same steps as ./duikou.sh on Debian 12, in two
# stages, so that the image that runs holds no compiler and no sources.
# docker-compose.yml puts PostgreSQL, server and worker together.
FROM debian:12-slim AS build
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y \
      --no-install-recommends gcc libc6-dev cmake ninja-build pkg-config \
      libevent-dev libpq-dev libjansson-dev libcurl4-openssl-dev libssl-dev \
      libutf8proc-dev libopencc-dev libcsv-dev libxlsxwriter-dev zlib1g-dev \
      libzip-dev libexpat1-dev libxml2-dev python3 python3-yaml \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN cmake --preset release \
 && cmake --build --preset release \
 && mkdir -p /out/bin \
 && install -s -m 755 build/release/server/duikou-server \
      build/release/matcher/duikou-matcher /out/bin/

FROM debian:12-slim
RUN apt-get update \
 && DEBIAN_FRONTEND=noninteractive apt-get install -y \
      --no-install-recommends ca-certificates curl libcsv3 libcurl4 \
      libevent-2.1-7 libevent-openssl-2.1-7 libevent-pthreads-2.1-7 \
      libexpat1 libjansson4 libopencc1.1 libpq5 libssl3 libutf8proc2 \
      libxlsxwriter4 libxml2 libzip4 zlib1g \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --no-create-home --home-dir / \
      --shell /usr/sbin/nologin duikou
COPY --from=build /out/bin/ /usr/local/bin/
COPY schema/reference /usr/local/share/duikou/reference
ENV DUIKOU_LISTEN=0.0.0.0:8080
USER 10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/readyz"]
ENTRYPOINT ["duikou-server"]
CMD ["serve"]
