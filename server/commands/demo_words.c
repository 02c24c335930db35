/* demo_words.c - parts of names: one character each, apart by one blank. */
#include "commands/demo_words.h"

/* The most frequent ones come several times. */
const char demo_surnames[] =
	"王 王 王 李 李 李 张 张 张 刘 刘 陈 陈 杨 杨 黄 赵 吴 吴 周 周 "
	"徐 徐 孙 马 朱 朱 胡 郭 何 林 罗 高 梁 郑 宋 谢 唐 韩 曹 许 邓 "
	"冯 彭 曾 萧 程 蔡 潘 袁 于 董 余 叶 蒋 杜 苏 魏 吕 丁 沈 沈 任 "
	"姚 卢 傅 钟 姜 崔 谭 廖 范 汪 陆 陆 金 石 戴 贾 韦 夏 邱 方 侯 "
	"邹 熊 孟 秦 白 江 阎 薛 尹 段 雷 黎 史 龙 陶 贺 顾 顾 毛 郝 龚 "
	"邵 万 钱 严 赖 覃 洪 武 莫 孔";

const char demo_girls[] =
	"婷 雅 静 怡 欣 悦 雨 涵 梦 琪 佳 慧 诗 颖 晓 雯 思 敏 语 彤 "
	"芷 若 芸 萱 可 馨 文 月 心 妍 依 晨 乐 瑶 嘉 宁 玥 清 洁 兰";

const char demo_boys[] =
	"浩 宇 轩 子 杰 俊 豪 宇 航 博 文 涛 志 强 鹏 飞 天 佑 嘉 伟 "
	"晨 阳 明 远 启 泽 睿 毅 凯 建 国 家 乐 逸 凡 恒 旭 东 海 林";

/* A brand is one of each; the three together are nobody's, by intent. */
const char demo_brand_first[] =
	"棠 汀 岫 枫 砚 栖 泓 苇 桐 澜 岑 榆 沅 筠 菡 荻 朔 楠 湄 璟 "
	"翎 苕 樾 淞 瑜";
const char demo_brand_second[] =
	"川 禾 越 岚 溪 汐 野 渡 屿 原 壤 穗 砾 弦 楫 檐 篱 砺 浦 垣 "
	"簇 棹 芒 陌 崖";
const char demo_brand_third[] =
	"启 铭 拓 恒 维 锦 朗 程 佑 昶 稷 钧 翊 琛 骐 竞 晟 润 昀 钰 "
	"衡 跃 卓 谦 韬";
